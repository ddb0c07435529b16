// SPDX-License-Identifier: BSL-1.0
// CSV: records of text separated by commas, as RFC 4180 says.
//
//   title,backers
//   "Pebble: ""E-Paper"" Watch, 2012",68929
//
// Fields may be quoted; a quoted field may hold commas, line ends and doubled quotes. Lines end in LF or CRLF. What
// spreadsheets forgive (a quote inside an unquoted field, records of different length) is refused here with its place,
// because a shifted column of money is worse than none.
#pragma once

#include <crowdrules/core/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

struct CsvRecord {
    std::vector<std::string> fields;
    std::size_t line = 0;   ///< of its first field, from 1
    std::size_t begin = 0;  ///< the byte of the text at which it begins

    bool operator==(const CsvRecord&) const = default;
};

/// All records of `text`, the header as the first. A byte order mark at the beginning and empty lines are passed over.
/// Refuses: a quote inside an unquoted field; text after a closing quote; a quoted field that does not end; a record
/// with more or fewer fields than the first; a first record of one field that has semicolons or tabs in it.
[[nodiscard]] Result<std::vector<CsvRecord>> parse_csv(std::string_view text, std::string_view source = {});
/// The same of a text with records of several sorts, each of a length of its own: header, body, footer.
[[nodiscard]] Result<std::vector<CsvRecord>> parse_csv_of_any_lengths(std::string_view text,
                                                                      std::string_view source = {});

/// Where field number `field`, from 0, of a record stands in the text that it was read from.
[[nodiscard]] TextPosition position_of(const CsvRecord& record, std::size_t field, std::string_view text,
                                       std::string_view source = {});

}  // namespace crowdrules
