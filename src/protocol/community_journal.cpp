// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/community_journal.hpp>

#include "event_journal.hpp"
#include <community/schema/event.hpp>

namespace crowdrules {

template <>
struct detail::JournalKind<community::EventBody> {
    using First = community::CommunityFounded;
    static constexpr const char* kind = "community";
    static constexpr const char* not_first = "the first event does not found the community";
    static constexpr const char* twice = "the community is founded twice";
    static constexpr const char* accepted = "community_founded as the first event and nowhere else";

    static detail::CountedIn counted_in(const community::Terms* terms) { return {terms ? terms->currency : USD}; }
};

std::string to_json(const community::Event& event, const community::Terms& terms) {
    return detail::json_of(event, detail::JournalKind<community::EventBody>::counted_in(&terms));
}

template class JournalWriterOf<community::EventBody>;
template class JournalReaderOf<community::EventBody>;

std::string write_journal(std::span<const community::Event> events) {
    return detail::write_events<community::EventBody>(events);
}

Result<community::Events> read_community_journal(std::string_view text, std::string source) {
    return detail::read_events<community::EventBody>(text, std::move(source));
}

}  // namespace crowdrules
