// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/rulepacks/journal.hpp>

#include "chain.hpp"
#include "document.hpp"
#include "json_writer.hpp"
#include "reader.hpp"
#include <campaign/describe_event.hpp>
#include <optional>

namespace crowdrules {

namespace detail {

namespace {

constexpr std::string_view chain_key = ",\"chain\":\"";
constexpr std::size_t chain_digits = 64;
constexpr std::int64_t newest_version = 1;

// The kinds of lines. `chain` is put behind them and checked by itself.

struct Header {
    std::string journal = "crowdrules";
    std::int64_t version = newest_version;
};
struct Numbered {
    std::uint64_t n = 0;
    Event event;
};
struct Closing {
    bool end = true;
    std::uint64_t events = 0;
};

template <class V>
void describe(V& v, Of<Header> auto& header) {
    v("journal", header.journal, required);
    v("version", header.version, required);
}
template <class V>
void describe(V& v, Of<Numbered> auto& line) {
    v("n", line.n, required);
    describe(v, line.event);
}
template <class V>
void describe(V& v, Of<Closing> auto& closing) {
    v("end", closing.end, required);
    v("events", closing.events, required);
}

template <class T>
std::string json_of(const T& value, CountedIn counted_in) {
    std::string out;
    JsonWriter(out, counted_in).write(value);
    return out;
}

TextError error_of(const Finding& finding) {
    return {
        finding.where, finding.rule.empty() ? finding.what : finding.rule + ": " + finding.what, {}, finding.accepted};
}

/// Reads one value from a line of JSON; the first thing wrong is the error.
template <class T>
std::optional<TextError> read_json(std::string_view text, const std::string& source, std::size_t line,
                                   CountedIn counted_in, T& value) {
    const auto node = parse_json(text, source, line);
    if (!node) return node.error();
    Findings findings;
    if (!read(*node, value, counted_in, findings)) return error_of(findings.front());
    return std::nullopt;
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
    detail::Chain chain;
    std::shared_ptr<const Terms> terms;
    std::uint64_t events = 0;

    /// `object` with its chain and line end.
    std::string sealed(std::string object) {
        object.pop_back();  // its closing brace, behind the chain
        const auto chained = chain.add(object);
        object += detail::chain_key;
        object += chained;
        return object += "\"}\n";
    }
};

JournalWriter::JournalWriter() : state_(std::make_unique<State>()) {}
JournalWriter::~JournalWriter() = default;
JournalWriter::JournalWriter(JournalWriter&&) noexcept = default;
JournalWriter& JournalWriter::operator=(JournalWriter&&) noexcept = default;

std::string JournalWriter::header() {
    return state_->sealed(detail::json_of(detail::Header{}, detail::nothing_yet));
}

std::string JournalWriter::line(const Event& event) {
    const auto* launched = std::get_if<CampaignLaunched>(&event.what);
    expects((launched != nullptr) == (state_->events == 0), "the first event, and no other, launches the campaign");
    if (launched) state_->terms = launched->terms;
    const detail::Numbered numbered{state_->events + 1, event};
    auto object = detail::json_of(numbered, detail::counted_in(*state_->terms));
    ++state_->events;
    return state_->sealed(std::move(object));
}

std::string JournalWriter::closing() {
    return state_->sealed(detail::json_of(detail::Closing{true, state_->events}, detail::nothing_yet));
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
    std::string source;
    detail::Chain chain;
    std::shared_ptr<const Terms> terms;
    std::string rest;  ///< of a line that is not complete yet
    std::size_t lines = 0;
    std::uint64_t events = 0;
    bool closed = false;
    std::optional<TextError> error;

    /// Takes a whole line. False when there is an error.
    bool take(std::string_view line, Events& out);

  private:
    bool refuse(std::string what, std::string expected, std::string_view found = {}) {
        error = TextError{{source, lines, 0}, std::move(what), std::string(found.substr(0, 60)), std::move(expected)};
        return false;
    }
    bool refuse(const std::optional<TextError>& wrong) {
        error = wrong;
        return !wrong;
    }
    bool check_chain(std::string_view body, std::string_view chained);
    bool take_header(std::string_view object);
    bool take_event(std::string_view object, Events& out);
    bool take_closing(std::string_view object);
};

bool JournalReader::State::take(std::string_view line, Events& out) {
    ++lines;
    if (closed) return refuse("text after the closing line", "the end of the journal", line);

    const auto end_of_line = detail::chain_key.size() + detail::chain_digits + 2;
    const auto body = line.substr(0, line.size() < end_of_line ? 0 : line.size() - end_of_line);
    const auto tail = line.substr(body.size());
    if (body.empty() || !tail.starts_with(detail::chain_key) || !tail.ends_with("\"}"))
        return refuse("not a whole line of a journal: it was cut off or altered",
                      "a JSON object that ends in its chain", line);
    if (!check_chain(body, tail.substr(detail::chain_key.size(), detail::chain_digits))) return false;

    const std::string object = std::string(body) + '}';
    if (lines == 1) return take_header(object);
    if (body.starts_with("{\"end\":")) return take_closing(object);
    return take_event(object, out);
}

/// A wrong chain says that something was changed; the number of the event says what.
bool JournalReader::State::check_chain(std::string_view body, std::string_view chained) {
    if (chain.add(body) == chained) return true;
    const auto expected_start = "{\"n\":" + std::to_string(events + 1) + ",";
    if (lines > 1 && body.starts_with("{\"n\":") && !body.starts_with(expected_start))
        return refuse(
            "the event before this line is not the one that this line follows: lines are missing, moved or put in",
            "event " + std::to_string(events + 1), body);
    if (lines > 1 && body.starts_with("{\"end\":") && !body.ends_with(":" + std::to_string(events)))
        return refuse("events before the closing line are missing or were put in",
                      "the closing line of " + std::to_string(events) + " events", body);
    return refuse("this line was altered: its chain does not fit", "the line as it was written", body);
}

bool JournalReader::State::take_header(std::string_view object) {
    detail::Header header;
    if (!refuse(detail::read_json(object, source, lines, detail::nothing_yet, header))) return false;
    if (header.journal != "crowdrules")
        return refuse("not a journal of crowdrules", "\"journal\":\"crowdrules\"", header.journal);
    if (header.version != detail::newest_version)
        return refuse("a version of the journal that this program does not know",
                      "version " + std::to_string(detail::newest_version), std::to_string(header.version));
    return true;
}

bool JournalReader::State::take_event(std::string_view object, Events& out) {
    detail::Numbered numbered;
    const auto counted_in = terms ? detail::counted_in(*terms) : detail::nothing_yet;
    if (!refuse(detail::read_json(object, source, lines, counted_in, numbered))) return false;
    if (numbered.n != events + 1)
        return refuse("events are not numbered in order", "event " + std::to_string(events + 1),
                      std::to_string(numbered.n));
    const auto* launched = std::get_if<CampaignLaunched>(&numbered.event.what);
    if ((launched != nullptr) != (events == 0))
        return refuse(events == 0 ? "the first event does not launch the campaign" : "the campaign is launched twice",
                      "campaign_launched as the first event and nowhere else");
    if (launched) terms = launched->terms;
    ++events;
    out.push_back(std::move(numbered.event));
    return true;
}

bool JournalReader::State::take_closing(std::string_view object) {
    detail::Closing closing;
    if (!refuse(detail::read_json(object, source, lines, detail::nothing_yet, closing))) return false;
    if (!closing.end || closing.events != events)
        return refuse("the closing line counts other events than there are", std::to_string(events) + " events",
                      std::to_string(closing.events));
    closed = true;
    return true;
}

JournalReader::JournalReader(std::string source) : state_(std::make_unique<State>()) {
    state_->source = std::move(source);
}
JournalReader::~JournalReader() = default;
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;

Result<Events> JournalReader::add(std::string_view piece) {
    Events events;
    while (!state_->error) {
        const auto end = piece.find('\n');
        if (end == piece.npos) {
            state_->rest += piece;
            return events;
        }
        if (state_->rest.empty()) {
            state_->take(piece.substr(0, end), events);
        } else {
            state_->rest += piece.substr(0, end);
            state_->take(std::exchange(state_->rest, {}), events);
        }
        piece.remove_prefix(end + 1);
    }
    return failure(*state_->error);
}

Result<Events> JournalReader::finish() {
    Events events;
    if (!state_->error && !state_->rest.empty()) state_->take(std::exchange(state_->rest, {}), events);
    if (!state_->error && !state_->closed)
        state_->error = TextError{{state_->source, state_->lines + 1, 0},
                                  "the journal ends after " + std::to_string(state_->events) +
                                      " events without its closing line: it was cut off",
                                  {},
                                  "a line {\"end\":true,...}"};
    if (state_->error) return failure(*state_->error);
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
