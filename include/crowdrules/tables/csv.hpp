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
    std::size_t line = 0;  ///< of its first field, from 1

    bool operator==(const CsvRecord&) const = default;
};

/// All records of `text`, the header as the first. A byte order mark at the beginning and empty lines are passed over.
/// Refuses: a quote inside an unquoted field; text after a closing quote; a quoted field that does not end; a record
/// with more or fewer fields than the first.
[[nodiscard]] Result<std::vector<CsvRecord>> parse_csv(std::string_view text, std::string_view source = {});

}  // namespace crowdrules
