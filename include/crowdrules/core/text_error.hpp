// SPDX-License-Identifier: BSL-1.0
// TextError: why a text could not be read, where, and what would have been accepted.
//
//   campaign.toml:12:9: 3 decimals, but USD has 2; found "10.505 USD", expected an amount with at most 2 decimals
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crowdrules {

/// Where in a text something stands. Lines and columns count from 1, columns in bytes; 0 is 'not known'.
struct TextPosition {
    std::string source;      ///< name of the file, or empty for a text given directly
    std::size_t line = 0;    ///< 1-based, 0 when not known
    std::size_t column = 0;  ///< 1-based byte, 0 when not known

    bool operator==(const TextPosition&) const = default;
};

/// Bad text, as a value. `what` is a sentence without a full stop.
struct TextError {
    TextPosition where;
    std::string what;      ///< what is wrong: "3 decimals, but USD has 2"
    std::string found;     ///< the text at fault, as it was given
    std::string expected;  ///< what would be accepted

    bool operator==(const TextError&) const = default;
};

/// An error in a text of one line that was given directly, at this 1-based byte.
[[nodiscard]] TextError text_error_at(std::size_t column, std::string what, std::string_view found,
                                      std::string expected);

/// `file:line:column: what; found "found", expected expected`, leaving out what is not known.
[[nodiscard]] std::string to_text(const TextError& error);

}  // namespace crowdrules
