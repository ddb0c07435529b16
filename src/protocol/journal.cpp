// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/journal.hpp>

#include "event_journal.hpp"
#include <campaign/schema/event.hpp>

namespace crowdrules {

template <>
struct detail::JournalKind<campaign::EventBody> {
    using First = campaign::CampaignLaunched;
    static constexpr const char* kind = "";
    static constexpr const char* not_first = "the first event does not launch the campaign";
    static constexpr const char* twice = "the campaign is launched twice";
    static constexpr const char* accepted = "campaign_launched as the first event and nowhere else";

    static detail::CountedIn counted_in(const campaign::Terms* terms) {
        return terms ? detail::counted_in(*terms) : detail::CountedIn{USD};
    }
};

std::string to_json(const campaign::Event& event, const campaign::Terms& terms) {
    return detail::json_of(event, detail::counted_in(terms));
}

Result<campaign::Event> event_from_json(std::string_view text, const campaign::Terms& terms) {
    campaign::Event event;
    detail::CountedIn counted_in = detail::counted_in(terms);
    counted_in.all_decimals = true;  // an event of a campaign in yen is not read as one in dollars
    if (auto error = detail::read_json(text, {}, 1, counted_in, event)) return failure(*error);
    return event;
}

std::string to_json(const campaign::Terms& terms) {
    return detail::json_of(terms, detail::counted_in(terms));
}

Result<campaign::Terms> terms_from_json(std::string_view text) {
    campaign::Terms terms;
    const auto counted_in = detail::JournalKind<campaign::EventBody>::counted_in(nullptr);
    if (auto error = detail::read_json(text, {}, 1, counted_in, terms)) return failure(*error);
    return terms;
}

template class JournalWriterOf<campaign::EventBody>;
template class JournalReaderOf<campaign::EventBody>;

std::string write_journal(std::span<const campaign::Event> events) {
    return detail::write_events<campaign::EventBody>(events);
}

Result<campaign::Events> read_journal(std::string_view text, std::string source) {
    return detail::read_events<campaign::EventBody>(text, std::move(source));
}

}  // namespace crowdrules
