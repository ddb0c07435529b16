// SPDX-License-Identifier: BSL-1.0
#include "io.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace crowdrules::program {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const {
        if (file != stdin && file != stdout) std::fclose(file);
    }
};

}  // namespace

std::string input_name(const std::string& name) {
    return name == "-" ? "standard input" : name;
}

Result<void, std::string> read_pieces(const std::string& name, const std::function<bool(std::string_view)>& take) {
    std::error_code ignored;
    if (name != "-" && std::filesystem::is_directory(name, ignored))
        return failure(name + ": is a folder; a file is needed");
    const std::unique_ptr<std::FILE, CloseFile> file(name == "-" ? stdin : std::fopen(name.c_str(), "rb"));
    if (!file) return failure(name + ": " + std::strerror(errno));
    std::string piece(1 << 16, '\0');
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get()))
        if (!take(std::string_view(piece).substr(0, size))) return {};
    if (std::ferror(file.get()) != 0) return failure(input_name(name) + ": cannot be read to its end");
    return {};
}

Result<std::string, std::string> read_input(const std::string& name) {
    std::string text;
    const auto done = read_pieces(name, [&](std::string_view piece) {
        text += piece;
        return true;
    });
    if (!done) return failure(done.error());
    return text;
}

Result<void, std::string> write_output(const std::string& name, std::string_view text) {
    const std::unique_ptr<std::FILE, CloseFile> file(name == "-" ? stdout : std::fopen(name.c_str(), "wb"));
    if (!file) return failure(name + ": " + std::strerror(errno));
    const bool whole = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    if (!whole || std::fflush(file.get()) != 0) return failure(name + ": " + std::strerror(errno));
    return {};
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}
void complain(std::string_view text) {
    std::fflush(stdout);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

bool wants_colour() {
    const char* const no_colour = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    return isatty(STDOUT_FILENO) != 0 && (!no_colour || *no_colour == '\0') && terminal &&
           std::strcmp(terminal, "dumb") != 0;
}

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what)),
      next_(std::chrono::steady_clock::now() + std::chrono::milliseconds(500)),
      visible_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
    if (shown_) complain("\r\x1b[K");
}

void ProgressLine::show(std::uint64_t done, std::uint64_t all) {
    if (!visible_ || all == 0) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    complain("\r\x1b[K" + what_ + ": " + std::to_string(done * 100 / all) + "%");
    shown_ = true;
}

}  // namespace crowdrules::program
