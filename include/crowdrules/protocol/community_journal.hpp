// SPDX-License-Identifier: BSL-1.0
// Community journal: the events of a community as lines of JSON, each line sealed to the ones before it.
//
//   {"journal":"crowdrules","version":1,"of":"community","chain":"5f0c..."}
//   {"n":1,"at":"2011-01-03T17:00:00Z","event":"community_founded","terms":{...},"chain":"9be1..."}
//   {"n":2,"at":"2011-01-03T17:00:00Z","event":"member_joined","member":1,"name":"Jake","chain":"07aa..."}
//   {"end":true,"events":2,"chain":"c41d..."}
//
// The chain is that of a campaign's journal (journal.hpp).
#pragma once

#include <crowdrules/community/event.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/protocol/journal.hpp>

#include <span>
#include <string>
#include <string_view>

namespace crowdrules {

/// One event as a JSON object on one line. Throws ContractViolation for text that is not UTF-8.
[[nodiscard]] std::string to_json(const community::Event& event, const community::Terms& terms);

using CommunityJournalWriter = JournalWriterOf<community::EventBody>;
using CommunityJournalReader = JournalReaderOf<community::EventBody>;

/// All events as one journal.
[[nodiscard]] std::string write_journal(std::span<const community::Event> events);
/// All events of one journal.
[[nodiscard]] Result<community::Events> read_community_journal(std::string_view text, std::string source = {});

}  // namespace crowdrules
