// SPDX-License-Identifier: BSL-1.0
#include "io.hpp"

#include <cerrno>
#include <core/printable.hpp>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crowdrules::program {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
    void operator()(std::FILE* file) const {
        if (file != stdin) std::fclose(file);
    }
};

std::string because(const std::string& name, int reason) {
    return name + ": " + std::strerror(reason);
}

/// Standard error without any check or change.
void tell(std::string_view text) {
    std::fflush(stdout);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

std::string input_name(const std::string& name) {
    return name == "-" ? "standard input" : detail::printable(name);
}

std::string too_large(const std::string& name, std::size_t most) {
    return input_name(name) + ": more than " + std::to_string(most >> 20) + " MiB; nothing larger is read";
}

Result<void, std::string> read_pieces(const std::string& name, const std::function<bool(std::string_view)>& take) {
    std::error_code ignored;
    if (name != "-" && fs::is_directory(name, ignored))
        return failure(input_name(name) + ": is a folder; a file is needed");
    const std::unique_ptr<std::FILE, CloseFile> file(name == "-" ? stdin : std::fopen(name.c_str(), "rb"));
    if (!file) return failure(because(input_name(name), errno));
    std::string piece(1 << 16, '\0');
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get()))
        if (!take(std::string_view(piece).substr(0, size))) return {};
    if (std::ferror(file.get()) != 0) return failure(input_name(name) + ": cannot be read to its end");
    return {};
}

std::function<Result<std::string, std::string>(const std::string&)> files_beside(const std::string& file) {
    return [folder = fs::path(file).parent_path()](const std::string& name) -> Result<std::string, std::string> {
        const fs::path path = folder / name;
        // A pipe may never give anything.
        if (std::error_code ignored; fs::exists(path, ignored) && !fs::is_regular_file(path, ignored))
            return failure(input_name(path.string()) + ": is no file");
        return read_input(path.string(), largest_story);
    };
}

Result<std::string, std::string> read_input(const std::string& name, std::size_t most) {
    std::string text;
    const auto done = read_pieces(name, [&](std::string_view piece) {
        text += piece;
        return text.size() <= most;
    });
    if (!done) return failure(done.error());
    if (text.size() > most) return failure(too_large(name, most));
    return text;
}

// ------------------------------------------------------------------------------------------------------------- writing

OutputFile::OutputFile(const std::string& name, const std::string& input)
    : name_(name == "-" ? "standard output" : detail::printable(name)) {
    if (name == "-") {
        file_ = stdout;
        return;
    }
    std::error_code problem;
    const fs::file_status status = fs::status(name, problem);
    if (fs::exists(status) && input != "-" && fs::equivalent(name, input, problem))
        throw WriteError(name_ + ": is what is read; the output needs a name of its own");
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        file_ = std::fopen(name.c_str(), "wb");
        if (file_ == nullptr) fail(errno);
        return;
    }
    // Renaming would go over a file that may not be written to.
    if (fs::exists(status) && access(name.c_str(), W_OK) != 0) fail(errno);
    // A link stays one: what it leads to is replaced.
    const fs::path final_path = fs::weakly_canonical(name, problem);
    final_ = problem || final_path.empty() ? name : final_path.string();
    beside_ = final_ + ".part" + std::to_string(getpid());
    const mode_t everybody = 0666;
    const int descriptor = open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, everybody);
    if (descriptor < 0) {
        beside_.clear();
        fail(errno);
    }
    if (struct stat before{}; fs::exists(status) && stat(final_.c_str(), &before) == 0)
        static_cast<void>(fchmod(descriptor, before.st_mode & 07777U));
    file_ = fdopen(descriptor, "wb");
    if (file_ == nullptr) fail(errno);
}

OutputFile::~OutputFile() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
    if (!beside_.empty()) std::remove(beside_.c_str());
}

void OutputFile::fail(int reason) const {
    throw WriteError(because(name_, reason));
}

void OutputFile::write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) fail(errno);
}

void OutputFile::finish() {
    if (std::fflush(file_) != 0) fail(errno);
    if (file_ == stdout) return;
    if (!beside_.empty() && fsync(fileno(file_)) != 0) fail(errno);
    if (std::fclose(std::exchange(file_, nullptr)) != 0) fail(errno);
    if (beside_.empty()) return;
    if (std::rename(beside_.c_str(), final_.c_str()) != 0) fail(errno);
    beside_.clear();
}

void print_as_it_is(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw WriteError(because("standard output", errno));
}

void print(std::string_view text) {
    print_as_it_is(detail::printable(text, detail::LineEnds::kept));
}

void finish_printing() {
    if (std::fflush(stdout) != 0) throw WriteError(because("standard output", errno));
    if (std::ferror(stdout) != 0) throw WriteError("standard output: cannot be written to its end");
}

void complain(std::string_view text) {
    tell(detail::printable(text, detail::LineEnds::kept));
}

bool wants_colour() {
    const char* const no_colour = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    return isatty(STDOUT_FILENO) != 0 && (!no_colour || *no_colour == '\0') && terminal &&
           std::strcmp(terminal, "dumb") != 0;
}

ProgressLine::ProgressLine(std::string_view what)
    : what_(detail::printable(what)),
      next_(std::chrono::steady_clock::now() + std::chrono::milliseconds(500)),
      visible_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
    if (shown_) tell("\r\x1b[K");
}

void ProgressLine::show(std::uint64_t done, std::uint64_t all) {
    if (!visible_ || all == 0) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    tell("\r\x1b[K" + what_ + ": " + std::to_string(done * 100 / all) + "%");
    shown_ = true;
}

}  // namespace crowdrules::program
