// SPDX-License-Identifier: BSL-1.0
// Journal: a campaign's events as lines of JSON, each line sealed to the ones before it.
//
//   {"journal":"crowdrules","version":1,"chain":"5f0c..."}
//   {"n":1,"at":"2012-04-11T07:00:00Z","event":"campaign_launched","terms":{...},"chain":"9be1..."}
//   {"n":2,"at":"2012-04-11T07:02:10Z","event":"pledge_made","pledge":1,"backer":7,"amount":"115.00","chain":"07aa..."}
//   {"end":true,"events":2,"chain":"c41d..."}
//
// `chain` is the SHA-256 of the chain of the line before (32 bytes; of zeros for the first line) followed by this line
// up to its `,"chain"`. So a line that was altered, left out, moved or put in is found out at its number, and a journal
// that was cut off lacks its closing line. Whoever keeps the last chain elsewhere can prove that nothing was rewritten.
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/life/envelope.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// One event as a JSON object on one line, without line end or chain. Amounts are in the currency of `terms`, goals in
/// its measure. Throws ContractViolation for text that is not UTF-8.
[[nodiscard]] std::string to_json(const campaign::Event& event, const campaign::Terms& terms);
/// The event that such a text holds. Refuses what to_json does not write.
[[nodiscard]] Result<campaign::Event> event_from_json(std::string_view text, const campaign::Terms& terms);

/// The same for terms.
[[nodiscard]] std::string to_json(const campaign::Terms& terms);
[[nodiscard]] Result<campaign::Terms> terms_from_json(std::string_view text);

/// Gives the lines of a journal, each with its line end, in the order header, events, closing.
/// `Body`: what the events of one kind of life say.
template <class Body>
class JournalWriterOf {
  public:
    JournalWriterOf();
    ~JournalWriterOf();
    JournalWriterOf(JournalWriterOf&&) noexcept;
    JournalWriterOf& operator=(JournalWriterOf&&) noexcept;

    [[nodiscard]] std::string header();
    /// Expects: the first event, and no other, is that with which such a life begins, a CampaignLaunched.
    [[nodiscard]] std::string line(const EventOf<Body>& event);
    [[nodiscard]] std::string closing();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Takes a journal in pieces of any size and gives its events.
template <class Body>
class JournalReaderOf {
  public:
    using Events = std::vector<EventOf<Body>>;

    /// `source` names the journal in errors.
    explicit JournalReaderOf(std::string source = {});
    ~JournalReaderOf();
    JournalReaderOf(JournalReaderOf&&) noexcept;
    JournalReaderOf& operator=(JournalReaderOf&&) noexcept;

    /// The events of the lines that `piece` completes. Refuses, with the line: what is not a line of a journal; a line
    /// that was altered; lines missing, moved or put in; anything after the closing line. After an error: the same
    /// error.
    [[nodiscard]] Result<Events> add(std::string_view piece);
    /// Refuses a journal that ends before its closing line. A last line without its line end is no error.
    [[nodiscard]] Result<Events> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

using JournalWriter = JournalWriterOf<campaign::EventBody>;
using JournalReader = JournalReaderOf<campaign::EventBody>;

/// All events as one journal.
[[nodiscard]] std::string write_journal(std::span<const campaign::Event> events);
/// All events of one journal.
[[nodiscard]] Result<campaign::Events> read_journal(std::string_view text, std::string source = {});

}  // namespace crowdrules
