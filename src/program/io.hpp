// SPDX-License-Identifier: BSL-1.0
// Io: files, standard input and the terminal, for the program alone.
//
// Whatever is written is checked: what cannot be written to its end throws WriteError, which ends the program with
// `unusable`. What a file or its name says is shown with its control characters written out.
#pragma once

#include <crowdrules/core/result.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace crowdrules::program {

/// What a command ends with.
enum ExitCode : int {
    success = 0,
    failed = 1,    ///< the work was done, and something did not come out as it should
    unusable = 2,  ///< an argument or input cannot be used, or the output not be written
};

/// The most that is read of a story, which is held in memory many times over, and of a table or journal.
inline constexpr std::size_t largest_story = std::size_t{64} << 20;
inline constexpr std::size_t largest_records = std::size_t{2} << 30;

/// The whole of a file, or of standard input for "-". Refuses one of more than `most` bytes, of which it reads no more.
[[nodiscard]] Result<std::string, std::string> read_input(const std::string& name, std::size_t most);
/// Reads what a file names, which is where the file is.
[[nodiscard]] std::function<Result<std::string, std::string>(const std::string&)> files_beside(const std::string& file);
/// Calls `take` with the file's text in pieces, until it returns false.
[[nodiscard]] Result<void, std::string> read_pieces(const std::string& name,
                                                    const std::function<bool(std::string_view)>& take);
/// Why an input of more than `most` bytes is not read.
[[nodiscard]] std::string too_large(const std::string& name, std::size_t most);
/// How an input is called where people read it: "-" is "standard input", and control characters are written out.
[[nodiscard]] std::string input_name(const std::string& name);

/// Something could not be written: `what` names it and says why.
class WriteError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A file that is there as a whole or not at all: it is written beside its name and renamed in the end. What is no
/// regular file (a device, a pipe) and standard output, for "-", are written to directly.
///
///   OutputFile page("pebble.html", "pebble.toml");
///   page.write(text);
///   page.finish();
class OutputFile {
  public:
    /// Throws WriteError where `name` cannot be written to, or is the file `input` that the output is made from.
    OutputFile(const std::string& name, const std::string& input);
    /// Without `finish` before it, what was at the name stays as it was.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Both throw WriteError.
    void write(std::string_view text);
    void finish();

  private:
    [[noreturn]] void fail(int reason) const;

    std::string name_;   ///< as it is shown
    std::string final_;  ///< where the file will be, behind links; empty: written to directly
    std::string beside_;
    std::FILE* file_ = nullptr;
};

/// Standard output, one line or many, with control characters but line ends written out. Throws WriteError.
void print(std::string_view text);
/// The same for text that is safe to show, and as it is.
void print_as_it_is(std::string_view text);
/// Makes sure that standard output has taken all. Throws WriteError.
void finish_printing();
/// Standard error, as `print`. Does not throw: there is nowhere left to say so.
void complain(std::string_view text);

/// Whether standard output is a terminal that shows colour and nobody asked for none (NO_COLOR).
[[nodiscard]] bool wants_colour();

/// A line on standard error that says how far a long run has come: only on a terminal, and only after half a second.
class ProgressLine {
  public:
    explicit ProgressLine(std::string_view what);
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
