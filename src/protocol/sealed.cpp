// SPDX-License-Identifier: BSL-1.0
#include "sealed.hpp"

#include <crowdrules/core/contract.hpp>

#include "json_writer.hpp"
#include <algorithm>
#include <charconv>

namespace crowdrules::detail {

namespace {

constexpr std::string_view chain_key = ",\"chain\":\"";
constexpr std::string_view number_key = "{\"n\":";
constexpr std::size_t chain_digits = 64;
constexpr std::int64_t newest_version = 1;
constexpr std::size_t longest_line_mib = 64;

// The kinds of lines beside events. `chain` is put behind them and checked by itself.

struct Header {
    std::string journal = "crowdrules";
    std::int64_t version = newest_version;
    std::string of;
};
struct Closing {
    bool end = true;
    std::uint64_t events = 0;
};

inline void describe(Fields& v, Header& header) {
    v("journal", header.journal, required);
    v("version", header.version, required);
    v("of", header.of);
}
inline void describe(Fields& v, Closing& closing) {
    v("end", closing.end, required);
    v("events", closing.events, required);
}

std::string name_of(std::string_view kind) {
    return kind.empty() ? "a campaign" : "a story of the kind '" + std::string(kind) + "'";
}

/// A line without its chain, and the chain; an empty body for what cannot be a line.
std::pair<std::string_view, std::string_view> parts_of(std::string_view line) {
    const auto end = chain_key.size() + chain_digits + 2;
    const auto body = line.substr(0, line.size() < end ? 0 : line.size() - end);
    const auto tail = line.substr(body.size());
    if (body.empty() || !tail.starts_with(chain_key) || !tail.ends_with("\"}")) return {};
    return {body, tail.substr(chain_key.size(), chain_digits)};
}

}  // namespace

// ------------------------------------------------------------------------------------------------------------- writing

std::string SealedWriter::sealed(std::string object) {
    object.pop_back();  // its closing brace, behind the chain
    const auto chained = chain_.add(object);
    object += chain_key;
    object += chained;
    return object += "\"}\n";
}

std::string SealedWriter::header(std::string_view of) {
    return sealed(json_of(Header{.of = std::string(of)}, no_amounts));
}

std::string SealedWriter::line(std::string_view object) {
    std::string numbered(number_key);
    numbered += std::to_string(++events_);
    numbered += ',';
    // An event that says its number is in its place, or in none.
    if (object.starts_with(number_key)) {
        expects(object.starts_with(numbered), "a journal has the events of one life, each once, in order");
        object.remove_prefix(numbered.size() - 1);
    }
    numbered += object.substr(1);
    return sealed(std::move(numbered));
}

std::string SealedWriter::closing() {
    return sealed(json_of(Closing{true, events_}, no_amounts));
}

// ------------------------------------------------------------------------------------------------------------- reading

std::string sealed_kind(std::string_view first_line) {
    const auto [body, chained] = parts_of(first_line);
    Header header;
    if (body.empty() || read_json(std::string(body) + '}', {}, 1, no_amounts, header)) return {};
    return header.of;
}

bool SealedReader::refuse(std::string what, std::string expected, std::string_view found) {
    error_ = TextError{{source_, lines_, 0}, std::move(what), std::string(found.substr(0, 60)), std::move(expected)};
    return false;
}

bool SealedReader::refuse(const std::optional<TextError>& wrong) {
    error_ = wrong;
    return !wrong;
}

bool SealedReader::take_line(std::string_view line, const Take& take) {
    ++lines_;
    if (closed_) return refuse("text after the closing line", "the end of the journal", line);

    const auto [body, chained] = parts_of(line);
    if (body.empty())
        return refuse("not a whole line of a journal: it was cut off or altered",
                      "a JSON object that ends in its chain", line);
    if (!check_chain(body, chained)) return false;

    if (lines_ == 1) return take_header(std::string(body) + '}');
    if (body.starts_with("{\"end\":")) return take_closing(std::string(body) + '}');
    return take_event(body, take);
}

/// A wrong chain says that something was changed; the number of the event says what.
bool SealedReader::check_chain(std::string_view body, std::string_view chained) {
    if (chain_.add(body) == chained) return true;
    const auto expected_start = std::string(number_key) + std::to_string(events_ + 1) + ",";
    if (lines_ > 1 && body.starts_with(number_key) && !body.starts_with(expected_start))
        return refuse(
            "the event before this line is not the one that this line follows: lines are missing, moved or put in",
            "event " + std::to_string(events_ + 1), body);
    if (lines_ > 1 && body.starts_with("{\"end\":") && !body.ends_with(":" + std::to_string(events_)))
        return refuse("events before the closing line are missing or were put in",
                      "the closing line of " + std::to_string(events_) + " events", body);
    return refuse("this line was altered: its chain does not fit", "the line as it was written", body);
}

bool SealedReader::take_header(std::string_view object) {
    Header header;
    if (!refuse(read_json(object, source_, lines_, no_amounts, header))) return false;
    if (header.journal != "crowdrules")
        return refuse("not a journal of crowdrules", "\"journal\":\"crowdrules\"", header.journal);
    if (header.version != newest_version)
        return refuse("a version of the journal that this program does not know",
                      "version " + std::to_string(newest_version), std::to_string(header.version));
    if (header.of != of_) return refuse("a journal of " + name_of(header.of), "one of " + name_of(of_), object);
    return true;
}

bool SealedReader::take_event(std::string_view body, const Take& take) {
    std::uint64_t number = 0;
    const char* const end = body.data() + body.size();
    const char* const digits = body.data() + std::min(body.size(), number_key.size());
    const auto [stop, problem] = std::from_chars(digits, end, number);
    if (!body.starts_with(number_key) || problem != std::errc() || stop == end || *stop != ',')
        return refuse("a line without the number of its event", "{\"n\":" + std::to_string(events_ + 1) + ",...}",
                      body);
    if (number != events_ + 1)
        return refuse("events are not numbered in order", "event " + std::to_string(events_ + 1),
                      std::to_string(number));
    std::string object = "{";
    object.append(stop + 1, end);
    object += '}';
    if (!refuse(take(object, lines_))) return false;
    ++events_;
    return true;
}

bool SealedReader::take_closing(std::string_view object) {
    Closing closing;
    if (!refuse(read_json(object, source_, lines_, no_amounts, closing))) return false;
    if (!closing.end || closing.events != events_)
        return refuse("the closing line counts other events than there are", std::to_string(events_) + " events",
                      std::to_string(closing.events));
    closed_ = true;
    return true;
}

Result<void> SealedReader::add(std::string_view piece, const Take& take) {
    while (!error_) {
        const auto end = piece.find('\n');
        if (rest_.size() + std::min(end, piece.size()) > longest_line_mib << 20) {
            ++lines_;
            refuse("a line of more than " + std::to_string(longest_line_mib) + " MiB", "lines of events", rest_);
            break;
        }
        if (end == piece.npos) {
            rest_ += piece;
            return {};
        }
        if (rest_.empty()) {
            take_line(piece.substr(0, end), take);
        } else {
            rest_ += piece.substr(0, end);
            take_line(std::exchange(rest_, {}), take);
        }
        piece.remove_prefix(end + 1);
    }
    return failure(*error_);
}

Result<void> SealedReader::finish(const Take& take) {
    if (!error_ && !rest_.empty()) take_line(std::exchange(rest_, {}), take);
    if (!error_ && !closed_)
        error_ = TextError{
            {source_, lines_ + 1, 0},
            "the journal ends after " + std::to_string(events_) + " events without its closing line: it was cut off",
            {},
            "a line {\"end\":true,...}"};
    if (error_) return failure(*error_);
    return {};
}

}  // namespace crowdrules::detail
