// SPDX-License-Identifier: BSL-1.0
// Io: files, standard input and the terminal, for the program alone.
#pragma once

#include <crowdrules/core/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace crowdrules::program {

/// What a command ends with.
enum ExitCode : int {
    success = 0,
    failed = 1,    ///< the work was done, and something did not come out as it should
    unusable = 2,  ///< an argument or input cannot be used
};

/// The whole of a file, or of standard input for "-".
[[nodiscard]] Result<std::string, std::string> read_input(const std::string& name);
/// Calls `take` with the file's text in pieces, until it returns false.
[[nodiscard]] Result<void, std::string> read_pieces(const std::string& name,
                                                    const std::function<bool(std::string_view)>& take);
/// How an input is called in errors: "-" is "standard input".
[[nodiscard]] std::string input_name(const std::string& name);

/// Writes a whole file, or to standard output for "-".
[[nodiscard]] Result<void, std::string> write_output(const std::string& name, std::string_view text);

/// Standard output, or standard error, one line or many.
void print(std::string_view text);
void complain(std::string_view text);

/// Whether standard output is a terminal that shows colour and nobody asked for none (NO_COLOR).
[[nodiscard]] bool wants_colour();

/// A line on standard error that says how far a long run has come: only on a terminal, and only after half a second.
class ProgressLine {
  public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::uint64_t done, std::uint64_t all);

  private:
    std::string what_;
    std::chrono::steady_clock::time_point next_;
    bool visible_;
    bool shown_ = false;
};

}  // namespace crowdrules::program
