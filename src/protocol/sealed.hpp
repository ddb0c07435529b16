// SPDX-License-Identifier: BSL-1.0
// Sealed: lines of JSON, each sealed to the ones before it: what every journal is made of, whatever it tells.
//
//   {"journal":"crowdrules","version":1,"chain":"5f0c..."}              of a campaign
//   {"journal":"crowdrules","version":1,"of":"plan","chain":"5f0c..."}  of another kind
//   {"n":1,...,"chain":"9be1..."}
//   {"end":true,"events":1,"chain":"c41d..."}
//
// protocol/journal.hpp says what the chain is. Here nothing is known of the events but their numbers.
#pragma once

#include <crowdrules/core/result.hpp>

#include "chain.hpp"
#include "document.hpp"
#include "reader.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// Gives the lines, each with its line end, in the order header, events, closing.
class SealedWriter {
  public:
    /// `of`: the kind of journal; empty for a campaign's.
    [[nodiscard]] std::string header(std::string_view of);
    /// One event as a JSON object that is not empty.
    [[nodiscard]] std::string line(std::string_view object);
    [[nodiscard]] std::string closing();

    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }

  private:
    std::string sealed(std::string object);

    Chain chain_;
    std::uint64_t events_ = 0;
};

/// Takes sealed lines in pieces of any size and gives the objects of the events.
class SealedReader {
  public:
    /// Takes one event: its JSON object, without number and chain, and its line. What it returns is wrong with it.
    using Take = std::function<std::optional<TextError>(std::string_view object, std::size_t line)>;

    /// `of`: the only kind of journal that is read.
    SealedReader(std::string source, std::string of) : source_(std::move(source)), of_(std::move(of)) {}

    /// Refuses, with the line: what is not a line of a journal; a journal of another kind; a line that was altered;
    /// lines missing, moved or put in; what `take` refuses; anything after the closing line. After an error: the same
    /// error.
    Result<void> add(std::string_view piece, const Take& take);
    /// Refuses a journal that ends before its closing line. A last line without its line end is no error.
    Result<void> finish(const Take& take);

    [[nodiscard]] const std::string& source() const noexcept { return source_; }
    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }

  private:
    bool take_line(std::string_view line, const Take& take);
    bool refuse(std::string what, std::string expected, std::string_view found = {});
    bool refuse(const std::optional<TextError>& wrong);
    bool check_chain(std::string_view body, std::string_view chained);
    bool take_header(std::string_view object);
    bool take_event(std::string_view body, const Take& take);
    bool take_closing(std::string_view object);

    std::string source_, of_;
    Chain chain_;
    std::string rest_;  ///< of a line that is not complete yet
    std::size_t lines_ = 0;
    std::uint64_t events_ = 0;
    bool closed_ = false;
    std::optional<TextError> error_;
};

/// The kind of journal that a header line names: empty for a campaign's, and for what is no header.
[[nodiscard]] std::string sealed_kind(std::string_view first_line);

/// Reads one value from a line of JSON; the first thing wrong is the error.
template <class T>
std::optional<TextError> read_json(std::string_view text, const std::string& source, std::size_t line,
                                   CountedIn counted_in, T& value) {
    const auto node = parse_json(text, source, line);
    if (!node) return node.error();
    Findings findings;
    if (read(*node, value, counted_in, findings)) return std::nullopt;
    const Finding& first = findings.front();
    return TextError{first.where, first.rule.empty() ? first.what : first.rule + ": " + first.what, {}, first.accepted};
}

}  // namespace crowdrules::detail
