// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/rulepacks/journal.hpp>

#include "json_writer.hpp"
#include "sealed.hpp"
#include <campaign/describe_event.hpp>
#include <optional>

namespace crowdrules {

namespace detail {

namespace {

template <class T>
std::string json_of(const T& value, CountedIn counted_in) {
    std::string out;
    JsonWriter(out, counted_in).write(value);
    return out;
}

const CountedIn nothing_yet{USD};

}  // namespace

}  // namespace detail

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
    if (auto error = detail::read_json(text, {}, 1, detail::nothing_yet, terms)) return failure(*error);
    return terms;
}

// --------------------------------------------------------------------------------------------------------------
// writing

struct JournalWriter::State {
    detail::SealedWriter lines;
    std::shared_ptr<const Terms> terms;
};

JournalWriter::JournalWriter() : state_(std::make_unique<State>()) {}
JournalWriter::~JournalWriter() = default;
JournalWriter::JournalWriter(JournalWriter&&) noexcept = default;
JournalWriter& JournalWriter::operator=(JournalWriter&&) noexcept = default;

std::string JournalWriter::header() {
    return state_->lines.header({});
}

std::string JournalWriter::line(const Event& event) {
    const auto* launched = std::get_if<CampaignLaunched>(&event.what);
    expects((launched != nullptr) == (state_->lines.events() == 0),
            "the first event, and no other, launches the campaign");
    if (launched) state_->terms = launched->terms;
    return state_->lines.line(detail::json_of(event, detail::counted_in(*state_->terms)));
}

std::string JournalWriter::closing() {
    return state_->lines.closing();
}

std::string write_journal(std::span<const Event> events) {
    JournalWriter writer;
    std::string text = writer.header();
    for (const Event& event : events) text += writer.line(event);
    return text += writer.closing();
}

// --------------------------------------------------------------------------------------------------------------
// reading

struct JournalReader::State {
    detail::SealedReader lines;
    std::shared_ptr<const Terms> terms;

    /// Reads one event, and adds it to `out`.
    std::optional<TextError> take(std::string_view object, std::size_t line, Events& out) {
        Event event;
        const auto counted_in = terms ? detail::counted_in(*terms) : detail::nothing_yet;
        if (auto error = detail::read_json(object, lines.source(), line, counted_in, event)) return error;
        const auto* launched = std::get_if<CampaignLaunched>(&event.what);
        const bool is_first = lines.events() == 0;
        if ((launched != nullptr) != is_first)
            return TextError{
                {lines.source(), line, 0},
                is_first ? "the first event does not launch the campaign" : "the campaign is launched twice",
                {},
                "campaign_launched as the first event and nowhere else"};
        if (launched) terms = launched->terms;
        out.push_back(std::move(event));
        return std::nullopt;
    }
};

JournalReader::JournalReader(std::string source) : state_(new State{{std::move(source), {}}, {}}) {}
JournalReader::~JournalReader() = default;
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;

Result<Events> JournalReader::add(std::string_view piece) {
    Events events;
    const auto done = state_->lines.add(
        piece, [&](std::string_view object, std::size_t line) { return state_->take(object, line, events); });
    if (!done) return failure(done.error());
    return events;
}

Result<Events> JournalReader::finish() {
    Events events;
    const auto done = state_->lines.finish(
        [&](std::string_view object, std::size_t line) { return state_->take(object, line, events); });
    if (!done) return failure(done.error());
    return events;
}

Result<Events> read_journal(std::string_view text, std::string source) {
    JournalReader reader(std::move(source));
    auto events = reader.add(text);
    if (!events) return events;
    auto last = reader.finish();
    if (!last) return last;
    events->insert(events->end(), std::make_move_iterator(last->begin()), std::make_move_iterator(last->end()));
    return events;
}

}  // namespace crowdrules
