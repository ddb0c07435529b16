// SPDX-License-Identifier: BSL-1.0
// Event journal: events of one kind as sealed lines, under the terms that the first of them brings.
//
// A kind says what its events are and what its first one is called:
//
//   struct OfCampaign {
//       using Event = crowdrules::Event;
//       using First = CampaignLaunched;           has the terms
//       static constexpr const char* kind = "";   as the header line names it
//       static constexpr const char *not_first, *twice, *accepted;  what is said of a journal that begins otherwise
//       static CountedIn counted_in(const Terms*);                  nullptr before the first event
//   };
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/result.hpp>

#include "json_writer.hpp"
#include "sealed.hpp"
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules::detail {

template <class T>
std::string json_of(const T& value, CountedIn counted_in) {
    std::string out;
    JsonWriter(out, counted_in).write(value);
    return out;
}

template <class Kind>
class EventWriter {
  public:
    std::string header() { return lines_.header(Kind::kind); }
    std::string line(const typename Kind::Event& event) {
        const auto* first = std::get_if<typename Kind::First>(&event.what);
        expects((first != nullptr) == (lines_.events() == 0), Kind::accepted);
        if (first) terms_ = first->terms;
        return lines_.line(json_of(event, Kind::counted_in(terms_.get())));
    }
    std::string closing() { return lines_.closing(); }

  private:
    SealedWriter lines_;
    decltype(Kind::First::terms) terms_;
};

template <class Kind>
class EventReader {
  public:
    using Events = std::vector<typename Kind::Event>;

    explicit EventReader(std::string source) : lines_(std::move(source), Kind::kind) {}

    Result<Events> add(std::string_view piece) {
        return taken([&](const SealedReader::Take& take) { return lines_.add(piece, take); });
    }
    Result<Events> finish() {
        return taken([&](const SealedReader::Take& take) { return lines_.finish(take); });
    }

  private:
    template <class Read>
    Result<Events> taken(Read read) {
        Events events;
        const auto done = read([&](std::string_view object, std::size_t line) { return take(object, line, events); });
        if (!done) return failure(done.error());
        return events;
    }

    /// Reads one event, and adds it to `out`.
    std::optional<TextError> take(std::string_view object, std::size_t line, Events& out) {
        typename Kind::Event event;
        if (auto error = read_json(object, lines_.source(), line, Kind::counted_in(terms_.get()), event)) return error;
        const auto* first = std::get_if<typename Kind::First>(&event.what);
        const bool is_first = lines_.events() == 0;
        if ((first != nullptr) != is_first)
            return TextError{{lines_.source(), line, 0}, is_first ? Kind::not_first : Kind::twice, {}, Kind::accepted};
        if (first) terms_ = first->terms;
        out.push_back(std::move(event));
        return std::nullopt;
    }

    SealedReader lines_;
    decltype(Kind::First::terms) terms_;
};

/// All events as one journal.
template <class Kind, class Events>
std::string write_events(const Events& events) {
    EventWriter<Kind> writer;
    std::string text = writer.header();
    for (const auto& event : events) text += writer.line(event);
    return text += writer.closing();
}

/// All events of one journal.
template <class Kind>
Result<std::vector<typename Kind::Event>> read_events(std::string_view text, std::string source) {
    EventReader<Kind> reader(std::move(source));
    auto events = reader.add(text);
    if (!events) return events;
    auto last = reader.finish();
    if (!last) return last;
    events->insert(events->end(), std::make_move_iterator(last->begin()), std::make_move_iterator(last->end()));
    return events;
}

}  // namespace crowdrules::detail
