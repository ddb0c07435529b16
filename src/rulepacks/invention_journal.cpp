// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/rulepacks/invention_journal.hpp>

#include "json_writer.hpp"
#include "sealed.hpp"
#include <invention/describe_event.hpp>
#include <iterator>
#include <optional>

namespace crowdrules {
namespace {

constexpr const char* kind = "invention";

/// The first event says the currency of all that follow.
detail::CountedIn counted_in(const std::shared_ptr<const InventionTerms>& terms) {
    return {terms ? terms->currency : USD};
}

std::string json_of(const InventionEvent& event, detail::CountedIn counted_in) {
    std::string out;
    detail::JsonWriter(out, counted_in).write(event);
    return out;
}

}  // namespace

std::string to_json(const InventionEvent& event, const InventionTerms& terms) {
    return json_of(event, {terms.currency});
}

struct InventionJournalWriter::State {
    detail::SealedWriter lines;
    std::shared_ptr<const InventionTerms> terms;
};

InventionJournalWriter::InventionJournalWriter() : state_(std::make_unique<State>()) {}
InventionJournalWriter::~InventionJournalWriter() = default;
InventionJournalWriter::InventionJournalWriter(InventionJournalWriter&&) noexcept = default;
InventionJournalWriter& InventionJournalWriter::operator=(InventionJournalWriter&&) noexcept = default;

std::string InventionJournalWriter::header() {
    return state_->lines.header(kind);
}

std::string InventionJournalWriter::line(const InventionEvent& event) {
    const auto* founded = std::get_if<CommunityFounded>(&event.what);
    expects((founded != nullptr) == (state_->lines.events() == 0),
            "the first event, and no other, founds the community");
    if (founded) state_->terms = founded->terms;
    return state_->lines.line(json_of(event, counted_in(state_->terms)));
}

std::string InventionJournalWriter::closing() {
    return state_->lines.closing();
}

std::string write_journal(std::span<const InventionEvent> events) {
    InventionJournalWriter writer;
    std::string text = writer.header();
    for (const InventionEvent& event : events) text += writer.line(event);
    return text += writer.closing();
}

struct InventionJournalReader::State {
    detail::SealedReader lines;
    std::shared_ptr<const InventionTerms> terms;

    /// Reads one event, and adds it to `out`.
    std::optional<TextError> take(std::string_view object, std::size_t line, InventionEvents& out) {
        InventionEvent event;
        if (auto error = detail::read_json(object, lines.source(), line, counted_in(terms), event)) return error;
        const auto* founded = std::get_if<CommunityFounded>(&event.what);
        const bool is_first = lines.events() == 0;
        if ((founded != nullptr) != is_first)
            return TextError{
                {lines.source(), line, 0},
                is_first ? "the first event does not found the community" : "the community is founded twice",
                {},
                "community_founded as the first event and nowhere else"};
        if (founded) terms = founded->terms;
        out.push_back(std::move(event));
        return std::nullopt;
    }
};

InventionJournalReader::InventionJournalReader(std::string source) : state_(new State{{std::move(source), kind}, {}}) {}
InventionJournalReader::~InventionJournalReader() = default;
InventionJournalReader::InventionJournalReader(InventionJournalReader&&) noexcept = default;
InventionJournalReader& InventionJournalReader::operator=(InventionJournalReader&&) noexcept = default;

Result<InventionEvents> InventionJournalReader::add(std::string_view piece) {
    InventionEvents events;
    const auto done = state_->lines.add(
        piece, [&](std::string_view object, std::size_t line) { return state_->take(object, line, events); });
    if (!done) return failure(done.error());
    return events;
}

Result<InventionEvents> InventionJournalReader::finish() {
    InventionEvents events;
    const auto done = state_->lines.finish(
        [&](std::string_view object, std::size_t line) { return state_->take(object, line, events); });
    if (!done) return failure(done.error());
    return events;
}

Result<InventionEvents> read_invention_journal(std::string_view text, std::string source) {
    InventionJournalReader reader(std::move(source));
    auto events = reader.add(text);
    if (!events) return events;
    auto last = reader.finish();
    if (!last) return last;
    events->insert(events->end(), std::make_move_iterator(last->begin()), std::make_move_iterator(last->end()));
    return events;
}

}  // namespace crowdrules
