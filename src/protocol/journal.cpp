// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/journal.hpp>

#include "event_journal.hpp"
#include <campaign/describe_event.hpp>

namespace crowdrules {
namespace {

struct OfCampaign {
    using Event = crowdrules::Event;
    using First = CampaignLaunched;
    static constexpr const char* kind = "";
    static constexpr const char* not_first = "the first event does not launch the campaign";
    static constexpr const char* twice = "the campaign is launched twice";
    static constexpr const char* accepted = "campaign_launched as the first event and nowhere else";

    static detail::CountedIn counted_in(const Terms* terms) {
        return terms ? detail::counted_in(*terms) : detail::CountedIn{USD};
    }
};

}  // namespace

std::string to_json(const Event& event, const Terms& terms) {
    return detail::json_of(event, detail::counted_in(terms));
}

Result<Event> event_from_json(std::string_view text, const Terms& terms) {
    Event event;
    if (auto error = detail::read_json(text, {}, 1, detail::counted_in(terms), event)) return failure(*error);
    return event;
}

std::string to_json(const Terms& terms) {
    return detail::json_of(terms, detail::counted_in(terms));
}

Result<Terms> terms_from_json(std::string_view text) {
    Terms terms;
    if (auto error = detail::read_json(text, {}, 1, OfCampaign::counted_in(nullptr), terms)) return failure(*error);
    return terms;
}

struct JournalWriter::State : detail::EventWriter<OfCampaign> {};

JournalWriter::JournalWriter() : state_(std::make_unique<State>()) {}
JournalWriter::~JournalWriter() = default;
JournalWriter::JournalWriter(JournalWriter&&) noexcept = default;
JournalWriter& JournalWriter::operator=(JournalWriter&&) noexcept = default;

std::string JournalWriter::header() {
    return state_->header();
}
std::string JournalWriter::line(const Event& event) {
    return state_->line(event);
}
std::string JournalWriter::closing() {
    return state_->closing();
}

struct JournalReader::State : detail::EventReader<OfCampaign> {
    using EventReader::EventReader;
};

JournalReader::JournalReader(std::string source) : state_(std::make_unique<State>(std::move(source))) {}
JournalReader::~JournalReader() = default;
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;

Result<Events> JournalReader::add(std::string_view piece) {
    return state_->add(piece);
}
Result<Events> JournalReader::finish() {
    return state_->finish();
}

std::string write_journal(std::span<const Event> events) {
    return detail::write_events<OfCampaign>(events);
}

Result<Events> read_journal(std::string_view text, std::string source) {
    return detail::read_events<OfCampaign>(text, std::move(source));
}

}  // namespace crowdrules
