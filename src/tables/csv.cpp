// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/csv.hpp>

#include <words/number.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace crowdrules {
namespace {

class Reader {
  public:
    Reader(std::string_view text, std::string_view source) : text_(text), source_(source) {
        if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = line_start_ = 3;
    }

    Result<std::vector<CsvRecord>> records(bool of_one_length) {
        std::vector<CsvRecord> all;
        while (at_ < text_.size()) {
            if (take_line_end()) continue;
            const TextPosition start = here();
            auto record = next_record();
            if (!record) return failure(record.error());
            if (of_one_length && !all.empty() && record->fields.size() != all.front().fields.size())
                return failure(TextError{start, "a record of another length than the first", fields(record->fields),
                                         fields(all.front().fields) + " as in the first record"});
            if (all.empty() && record->fields.size() == 1)
                if (auto other = other_separator(record->fields.front())) return failure(std::move(*other));
            all.push_back(std::move(*record));
        }
        return all;
    }

    /// Where the field after `count` others begins; the text begins with its record, on line `line`.
    TextPosition after(std::size_t count, std::size_t line) {
        line_ = line;
        for (; count > 0 && at_ < text_.size(); --count) {
            (void)(text_.substr(at_, 1) == "\"" ? quoted_field() : plain_field());
            if (at_ < text_.size()) ++at_;  // the comma
        }
        return here();
    }

  private:
    /// What a spreadsheet may have put between the fields in place of commas. Numbers are then written otherwise too.
    [[nodiscard]] std::optional<TextError> other_separator(const std::string& first) const {
        for (const auto& [sign, name] : {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}})
            if (first.find(sign) != std::string::npos)
                return TextError{{std::string(source_), 1, 1},
                                 "the fields are separated by " + std::string(name),
                                 first,
                                 "commas between the fields, and points before the decimals"};
        return std::nullopt;
    }
    static std::string fields(const std::vector<std::string>& list) {
        return detail::counted(list.size(), "field");
    }
    [[nodiscard]] TextPosition here() const { return {std::string(source_), line_, at_ - line_start_ + 1}; }
    [[nodiscard]] bool at_line_end() const {
        return at_ == text_.size() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n";
    }
    bool take_line_end() {
        if (at_ == text_.size() || !at_line_end()) return false;
        at_ += text_[at_] == '\n' ? 1 : 2;
        ++line_;
        line_start_ = at_;
        return true;
    }

    Result<CsvRecord> next_record() {
        CsvRecord record{{}, line_, at_};
        while (true) {
            auto field = text_.substr(at_, 1) == "\"" ? quoted_field() : plain_field();
            if (!field) return failure(field.error());
            record.fields.push_back(std::move(*field));
            if (at_line_end()) break;
            ++at_;  // the comma
        }
        take_line_end();
        return record;
    }

    Result<std::string> plain_field() {
        const std::size_t start = at_;
        for (; !at_line_end() && text_[at_] != ','; ++at_)
            if (text_[at_] == '"')
                return failure(TextError{here(), "a quote inside a field that does not begin with one",
                                         std::string(text_.substr(start, at_ - start + 1)),
                                         "the whole field in quotes, and each quote inside it doubled"});
        return std::string(text_.substr(start, at_ - start));
    }

    Result<std::string> quoted_field() {
        const TextPosition opened = here();
        std::string field;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                ++at_;
                if (text_.substr(at_, 1) == "\"") {
                    field += '"';
                    continue;
                }
                if (at_line_end() || text_[at_] == ',') return field;
                return failure(TextError{here(), "text after the quote that closes a field",
                                         std::string(text_.substr(at_, 1)), "a comma or the end of the line"});
            }
            field += text_[at_];
            if (text_[at_] == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            }
        }
        return failure(TextError{opened, "a quoted field that does not end", "the end of the text", "a closing quote"});
    }

    std::string_view text_;
    std::string_view source_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t line_start_ = 0;
};

}  // namespace

Result<std::vector<CsvRecord>> parse_csv(std::string_view text, std::string_view source) {
    return Reader(text, source).records(true);
}

Result<std::vector<CsvRecord>> parse_csv_of_any_lengths(std::string_view text, std::string_view source) {
    return Reader(text, source).records(false);
}

TextPosition position_of(const CsvRecord& record, std::size_t field, std::string_view text, std::string_view source) {
    return Reader(text.substr(std::min(record.begin, text.size())), source).after(field, record.line);
}

}  // namespace crowdrules
