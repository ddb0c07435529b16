// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/invention_journal.hpp>

#include "event_journal.hpp"
#include <invention/describe_event.hpp>

namespace crowdrules {

template <>
struct detail::JournalKind<InventionEventBody> {
    using First = CommunityFounded;
    static constexpr const char* kind = "invention";
    static constexpr const char* not_first = "the first event does not found the community";
    static constexpr const char* twice = "the community is founded twice";
    static constexpr const char* accepted = "community_founded as the first event and nowhere else";

    static detail::CountedIn counted_in(const InventionTerms* terms) { return {terms ? terms->currency : USD}; }
};

std::string to_json(const InventionEvent& event, const InventionTerms& terms) {
    return detail::json_of(event, detail::JournalKind<InventionEventBody>::counted_in(&terms));
}

template class JournalWriterOf<InventionEventBody>;
template class JournalReaderOf<InventionEventBody>;

std::string write_journal(std::span<const InventionEvent> events) {
    return detail::write_events<InventionEventBody>(events);
}

Result<InventionEvents> read_invention_journal(std::string_view text, std::string source) {
    return detail::read_events<InventionEventBody>(text, std::move(source));
}

}  // namespace crowdrules
