// SPDX-License-Identifier: BSL-1.0
// Event journal: events of one kind as sealed lines, under the terms that the first of them brings.
//
// A kind says what its first event is and is called; the source file that says so instantiates its writer and reader:
//
//   template <>
//   struct JournalKind<EventBody> {
//       using First = CampaignLaunched;           has the terms
//       static constexpr const char* kind = "";   as the header line names it
//       static constexpr const char *not_first, *twice, *accepted;  what is said of a journal that begins otherwise
//       static CountedIn counted_in(const Terms*);                  nullptr before the first event
//   };
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/protocol/journal.hpp>

#include "json_writer.hpp"
#include "sealed.hpp"
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules::detail {

template <class Body>
struct JournalKind;

}  // namespace crowdrules::detail

namespace crowdrules {

template <class Body>
struct JournalWriterOf<Body>::State {
    using Kind = detail::JournalKind<Body>;

    detail::SealedWriter lines{};
    decltype(Kind::First::terms) terms{};
};

template <class Body>
JournalWriterOf<Body>::JournalWriterOf() : state_(std::make_unique<State>()) {}
template <class Body>
JournalWriterOf<Body>::~JournalWriterOf() = default;
template <class Body>
JournalWriterOf<Body>::JournalWriterOf(JournalWriterOf&&) noexcept = default;
template <class Body>
JournalWriterOf<Body>& JournalWriterOf<Body>::operator=(JournalWriterOf&&) noexcept = default;

template <class Body>
std::string JournalWriterOf<Body>::header() {
    return state_->lines.header(State::Kind::kind);
}
template <class Body>
std::string JournalWriterOf<Body>::line(const EventOf<Body>& event) {
    using Kind = typename State::Kind;
    const auto* first = std::get_if<typename Kind::First>(&event.what);
    expects((first != nullptr) == (state_->lines.events() == 0), Kind::accepted);
    if (first) state_->terms = first->terms;
    return state_->lines.line(detail::json_of(event, Kind::counted_in(state_->terms.get())));
}
template <class Body>
std::string JournalWriterOf<Body>::closing() {
    return state_->lines.closing();
}

template <class Body>
struct JournalReaderOf<Body>::State {
    using Kind = detail::JournalKind<Body>;

    explicit State(std::string source) : lines(std::move(source), Kind::kind) {}

    template <class Read>
    Result<std::vector<EventOf<Body>>> taken(Read read) {
        std::vector<EventOf<Body>> events;
        const auto done = read([&](std::string_view object, std::size_t line) { return take(object, line, events); });
        if (!done) return failure(done.error());
        return events;
    }

    /// Reads one event, and adds it to `out`.
    std::optional<TextError> take(std::string_view object, std::size_t line, std::vector<EventOf<Body>>& out) {
        EventOf<Body> event;
        const auto counted_in = Kind::counted_in(terms.get());
        if (auto error = detail::read_json(object, lines.source(), line, counted_in, event)) return error;
        const auto* first = std::get_if<typename Kind::First>(&event.what);
        const bool is_first = lines.events() == 0;
        if ((first != nullptr) != is_first)
            return TextError{{lines.source(), line, 0}, is_first ? Kind::not_first : Kind::twice, {}, Kind::accepted};
        if (first) terms = first->terms;
        event.number = lines.events() + 1;
        out.push_back(std::move(event));
        return std::nullopt;
    }

    detail::SealedReader lines;
    decltype(Kind::First::terms) terms{};
};

template <class Body>
JournalReaderOf<Body>::JournalReaderOf(std::string source) : state_(std::make_unique<State>(std::move(source))) {}
template <class Body>
JournalReaderOf<Body>::~JournalReaderOf() = default;
template <class Body>
JournalReaderOf<Body>::JournalReaderOf(JournalReaderOf&&) noexcept = default;
template <class Body>
JournalReaderOf<Body>& JournalReaderOf<Body>::operator=(JournalReaderOf&&) noexcept = default;

template <class Body>
Result<std::vector<EventOf<Body>>> JournalReaderOf<Body>::add(std::string_view piece) {
    return state_->taken([&](const detail::SealedReader::Take& take) { return state_->lines.add(piece, take); });
}
template <class Body>
Result<std::vector<EventOf<Body>>> JournalReaderOf<Body>::finish() {
    return state_->taken([&](const detail::SealedReader::Take& take) { return state_->lines.finish(take); });
}

namespace detail {

/// All events as one journal.
template <class Body>
std::string write_events(std::span<const EventOf<Body>> events) {
    JournalWriterOf<Body> writer;
    std::string text = writer.header();
    for (const auto& event : events) text += writer.line(event);
    return text += writer.closing();
}

/// All events of one journal.
template <class Body>
Result<std::vector<EventOf<Body>>> read_events(std::string_view text, std::string source) {
    JournalReaderOf<Body> reader(std::move(source));
    auto events = reader.add(text);
    if (!events) return events;
    auto last = reader.finish();
    if (!last) return last;
    events->insert(events->end(), std::make_move_iterator(last->begin()), std::make_move_iterator(last->end()));
    return events;
}

}  // namespace detail
}  // namespace crowdrules
