// SPDX-License-Identifier: BSL-1.0
// Message: what a platform and a campaign say to each other, as JSON: commands in; refusals, what is due, and how a
// figure came about, out. `crowdrules schema command` and `crowdrules schema event` describe what is kept.
//
//   auto command = command_from_json(R"({"at":"2012-04-12T07:00:00Z","command":"make_pledge","pledge":1,"backer":7,
//                                        "reward":2,"amount":"115.00"})", campaign.terms());
//   auto decision = decide(campaign, *command);
//   to_json(decision.error());
//       {"code":"reward_sold_out","what":"all 200 of '99: early bird' are taken","accepted":"...","is_final":false}
//
// Amounts are texts with all decimals of the campaign's currency ("115.00", "5000" of yen), instants are texts in UTC,
// ids are numbers. A command is refused with what is wrong and what would be accepted, as every file is: unknown fields
// too. Events are written and read by protocol/journal.hpp. Cost: some microseconds a message.
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>

#include <string>
#include <string_view>

namespace crowdrules {

[[nodiscard]] std::string to_json(const campaign::Command& command, const campaign::Terms& terms);
/// Reads what `to_json` writes, and what people write by hand. Refuses, with what would be accepted: text that is no
/// JSON, a command that there is none of, fields that it does not have or lacks, values of another kind, an amount
/// without all decimals of the campaign's currency.
[[nodiscard]] Result<campaign::Command> command_from_json(std::string_view text, const campaign::Terms& terms);

/// With `is_final`: whether the same command can never succeed.
[[nodiscard]] std::string to_json(const campaign::Rejection& refusal);
/// With its `key` (`key_of`).
[[nodiscard]] std::string to_json(const campaign::Due& entry, const campaign::Terms& terms);
[[nodiscard]] std::string to_json(const campaign::PledgeView& pledge, const campaign::Terms& terms);
[[nodiscard]] std::string to_json(const Derivation& figure);
[[nodiscard]] std::string to_json(const Finding& finding);
/// {"what":...,"found":...,"accepted":...,"where":{...}}
[[nodiscard]] std::string to_json(const TextError& error);

}  // namespace crowdrules
