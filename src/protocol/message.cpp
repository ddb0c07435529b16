// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/message.hpp>

#include "json_writer.hpp"
#include "sealed.hpp"
#include <campaign/schema/answer.hpp>
#include <campaign/schema/command.hpp>

namespace crowdrules {
namespace detail {
namespace {

struct RefusalText {
    campaign::Rejection refusal;
    bool is_final = false;
};
void describe(Fields& v, RefusalText& text) {
    v(text.refusal);
    v("is_final", text.is_final, stated);
}

struct ErrorText {
    TextError error;
};
void describe(Fields& v, ErrorText& text) {
    v("what", text.error.what, required);
    v("found", text.error.found);
    v("accepted", text.error.expected);
    v("where", text.error.where);
}

}  // namespace
}  // namespace detail

std::string to_json(const campaign::Command& command, const campaign::Terms& terms) {
    return detail::json_of(command, detail::counted_in(terms));
}

Result<campaign::Command> command_from_json(std::string_view text, const campaign::Terms& terms) {
    campaign::Command command;
    detail::CountedIn counted_in = detail::counted_in(terms);
    counted_in.all_decimals = true;  // a command for a campaign in yen is not read as one in dollars
    if (auto error = detail::read_json(text, {}, 1, counted_in, command)) return failure(*error);
    return command;
}

std::string to_json(const campaign::Rejection& refusal) {
    return detail::json_of(detail::RefusalText{refusal, is_final(refusal.code)}, detail::no_amounts);
}
std::string to_json(const campaign::Due& entry, const campaign::Terms& terms) {
    return detail::json_of(detail::DueAnswer{key_of(entry), entry, entry.amount.minor()}, detail::counted_in(terms));
}
std::string to_json(const campaign::PledgeView& pledge, const campaign::Terms& terms) {
    return detail::json_of(detail::PledgeAnswer{pledge, pledge.amount.minor(), pledge.refunded.minor()},
                           detail::counted_in(terms));
}
std::string to_json(const Derivation& figure) {
    return detail::json_of(figure, detail::no_amounts);
}
std::string to_json(const Finding& finding) {
    Finding shown = finding;
    for (std::string* text : {&shown.rule, &shown.what, &shown.accepted}) *text = detail::as_utf8(*text);
    return detail::json_of(shown, detail::no_amounts);
}
std::string to_json(const TextError& error) {
    // What was found may be any bytes.
    TextError shown = error;
    for (std::string* text : {&shown.what, &shown.found, &shown.expected}) *text = detail::as_utf8(*text);
    return detail::json_of(detail::ErrorText{std::move(shown)}, detail::no_amounts);
}

}  // namespace crowdrules
