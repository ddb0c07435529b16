// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/invention_journal.hpp>

#include "event_journal.hpp"
#include <invention/describe_event.hpp>

namespace crowdrules {
namespace {

struct OfInvention {
    using Event = InventionEvent;
    using First = CommunityFounded;
    static constexpr const char* kind = "invention";
    static constexpr const char* not_first = "the first event does not found the community";
    static constexpr const char* twice = "the community is founded twice";
    static constexpr const char* accepted = "community_founded as the first event and nowhere else";

    static detail::CountedIn counted_in(const InventionTerms* terms) { return {terms ? terms->currency : USD}; }
};

}  // namespace

std::string to_json(const InventionEvent& event, const InventionTerms& terms) {
    return detail::json_of(event, OfInvention::counted_in(&terms));
}

struct InventionJournalWriter::State : detail::EventWriter<OfInvention> {};

InventionJournalWriter::InventionJournalWriter() : state_(std::make_unique<State>()) {}
InventionJournalWriter::~InventionJournalWriter() = default;
InventionJournalWriter::InventionJournalWriter(InventionJournalWriter&&) noexcept = default;
InventionJournalWriter& InventionJournalWriter::operator=(InventionJournalWriter&&) noexcept = default;

std::string InventionJournalWriter::header() {
    return state_->header();
}
std::string InventionJournalWriter::line(const InventionEvent& event) {
    return state_->line(event);
}
std::string InventionJournalWriter::closing() {
    return state_->closing();
}

struct InventionJournalReader::State : detail::EventReader<OfInvention> {
    using EventReader::EventReader;
};

InventionJournalReader::InventionJournalReader(std::string source)
    : state_(std::make_unique<State>(std::move(source))) {}
InventionJournalReader::~InventionJournalReader() = default;
InventionJournalReader::InventionJournalReader(InventionJournalReader&&) noexcept = default;
InventionJournalReader& InventionJournalReader::operator=(InventionJournalReader&&) noexcept = default;

Result<InventionEvents> InventionJournalReader::add(std::string_view piece) {
    return state_->add(piece);
}
Result<InventionEvents> InventionJournalReader::finish() {
    return state_->finish();
}

std::string write_journal(std::span<const InventionEvent> events) {
    return detail::write_events<OfInvention>(events);
}

Result<InventionEvents> read_invention_journal(std::string_view text, std::string source) {
    return detail::read_events<OfInvention>(text, std::move(source));
}

}  // namespace crowdrules
