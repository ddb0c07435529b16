// SPDX-License-Identifier: BSL-1.0
// Printable: texts that come from files or callers, as they may be shown on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace crowdrules::detail {

/// What becomes of the line ends of a text.
enum class LineEnds { shown, kept };

/// The text with each control character written out, "\x1b" for an escape: it cannot move a cursor, change a colour or,
/// where line ends are shown as well, look like a second line. Those of Unicode (U+0080 to U+009F) are among them.
[[nodiscard]] std::string printable(std::string_view text, LineEnds line_ends = LineEnds::shown);

}  // namespace crowdrules::detail
