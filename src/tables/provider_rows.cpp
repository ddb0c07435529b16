// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/tables/csv.hpp>
#include <crowdrules/tables/provider_rows.hpp>

#include <fmt/ranges.h>

#include "core/listed.hpp"
#include <algorithm>
#include <charconv>
#include <core/enumerators.hpp>
#include <protocol/document.hpp>
#include <protocol/reader.hpp>
#include <rulepacks/embedded.hpp>
#include <utility>

namespace crowdrules {

std::string_view to_text(MovementKind kind) noexcept {
    return detail::enumerator_name(kind);
}

std::string_view to_text(RowAdds adds) noexcept {
    return detail::enumerator_name(adds);
}

inline void describe(detail::Fields& v, AmountShape& amount) {
    v("plus", amount.plus);
    v("minus", amount.minus);
    v("direction", amount.direction);
    v("positive", amount.positive);
    v("negative", amount.negative);
}
inline void describe(detail::Fields& v, KindShape& kind) {
    v("is", kind.is, detail::required);
    v("adds", kind.adds);
    v("reference", kind.reference);
}
inline void describe(detail::Fields& v, RowShape& shape) {
    v("shape", shape.shape, detail::required);
    v("title", shape.title, detail::required);
    v("source", shape.source, detail::required);
    v("read", shape.read, detail::required);
    v("evidence", shape.evidence, detail::required);
    v("header", shape.header);
    v("body", shape.body);
    v("minor_units", shape.minor_units);
    v("instants", shape.instants);
    v("at", shape.at);
    v("kind", shape.kind, detail::required);
    v("reference", shape.reference, detail::required);
    v("about", shape.about);
    v("currency", shape.currency, detail::required);
    v("gross", shape.gross, detail::required);
    v("fee", shape.fee, detail::required);
    v("net", shape.net);
    v("kinds", shape.kinds, detail::required);
}

namespace {

using Columns = std::vector<std::string>;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

std::string quoted(const std::string& text) {
    return "'" + text + "'";
}

std::string alternatives(const Columns& names) {
    std::string text;
    for (const std::string& name : names) (text += text.empty() ? "" : " or ") += quoted(name);
    return text;
}

/// Reads the rows of one file.
class Rows {
  public:
    Rows(std::string_view text, const RowShape& shape, Currency currency, std::string_view source)
        : text_(text), source_(source), shape_(shape), currency_(currency) {}

    Result<std::vector<ProviderRow>> read() {
        const bool of_one_sort = shape_.header.empty() && shape_.body.empty();
        auto records = of_one_sort ? parse_csv(text_, source_) : parse_csv_of_any_lengths(text_, source_);
        if (!records) return failure(std::move(records.error()));
        std::vector<ProviderRow> rows;
        for (const CsvRecord& record : *records) {
            if (!header_) {
                if (!shape_.header.empty() && record.fields.front() != shape_.header) continue;
                header_ = &record;
                if (auto missing = missing_columns()) return failure(std::move(*missing));
                continue;
            }
            if (!shape_.body.empty() && record.fields.front() != shape_.body) continue;
            if (record.fields.size() != header_->fields.size())
                return failure(TextError{{std::string(source_), record.line, 1},
                                         "a row of another length than the line with the column names",
                                         std::to_string(record.fields.size()) + " fields",
                                         std::to_string(header_->fields.size()) + " fields"});
            auto row = [&]() -> Result<ProviderRow> {
                try {
                    return row_of(record);
                } catch (const Overflow& beyond) {
                    return failure(TextError{
                        {std::string(source_), record.line, 1}, beyond.what(), "", "amounts whose sums have 64 bits"});
                }
            }();
            if (!row) return failure(std::move(row.error()));
            rows.push_back(std::move(*row));
        }
        if (!header_)
            return failure(TextError{
                {std::string(source_), 1, 1},
                "no line with the column names",
                "",
                shape_.header.empty() ? "a line with the column names" : "a line that begins with " + shape_.header});
        return rows;
    }

  private:
    [[nodiscard]] std::size_t place_of(const std::string& column) const {
        const auto found = std::find(header_->fields.begin(), header_->fields.end(), column);
        return found == header_->fields.end() ? nowhere : static_cast<std::size_t>(found - header_->fields.begin());
    }
    [[nodiscard]] bool has_any(const Columns& columns) const {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const std::string& column) { return place_of(column) != nowhere; });
    }
    /// All columns that the file lacks although something must be read from them.
    [[nodiscard]] std::optional<TextError> missing_columns() const {
        std::string missing;
        const auto need = [&](const Columns& columns) {
            if (!columns.empty() && !has_any(columns)) detail::add_to_list(missing, alternatives(columns));
        };
        const auto need_amount = [&](const AmountShape& amount) {
            Columns any = amount.plus;
            any.insert(any.end(), amount.minus.begin(), amount.minus.end());
            need(any);
            if (!amount.direction.empty()) need({amount.direction});
        };
        need({shape_.kind});
        need(shape_.reference);
        if (!shape_.at.empty()) need({shape_.at});
        for (const std::string& column : shape_.currency) need({column});
        need_amount(shape_.gross);
        need_amount(shape_.fee);
        if (shape_.net) need_amount(*shape_.net);
        if (missing.empty()) return std::nullopt;
        return TextError{{std::string(source_), header_->line, 1},
                         "no column " + missing,
                         fmt::format("{}", fmt::join(header_->fields, ",")),
                         "the columns of " + shape_.title};
    }

    [[nodiscard]] TextError at(const CsvRecord& record, const std::string& column, std::string what,
                               std::string expected) const {
        const std::size_t place = place_of(column);
        return {position_of(record, place, text_, source_), column + ": " + std::move(what), record.fields[place],
                std::move(expected)};
    }
    /// The first of the columns that is there and not empty; nowhere when none is.
    [[nodiscard]] std::size_t first_of(const CsvRecord& record, const Columns& columns) const {
        for (const std::string& column : columns)
            if (const std::size_t place = place_of(column); place != nowhere && !record.fields[place].empty())
                return place;
        return nowhere;
    }
    [[nodiscard]] static std::string text_at(const CsvRecord& record, std::size_t place) {
        return place == nowhere ? std::string() : record.fields[place];
    }

    [[nodiscard]] Result<Money> number(const CsvRecord& record, const std::string& column) const {
        const std::string& text = record.fields[place_of(column)];
        if (!shape_.minor_units) {
            auto amount = Money::parse(text, currency_);
            if (amount) return *amount;
            return failure(at(record, column, amount.error().what, amount.error().expected));
        }
        std::int64_t minor = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), minor);
        if (problem != std::errc{} || end != text.data() + text.size())
            return failure(at(record, column, "not an amount in minor units", "a whole number of 64 bits"));
        return Money(minor, currency_);
    }
    /// Nothing where all of its columns are empty.
    [[nodiscard]] Result<std::optional<Money>> amount(const CsvRecord& record, const AmountShape& shape) const {
        std::optional<Money> sum;
        for (const auto& [columns, is_plus] : {std::pair{&shape.plus, true}, std::pair{&shape.minus, false}})
            for (const std::string& column : *columns) {
                const std::size_t place = place_of(column);
                if (place == nowhere || record.fields[place].empty()) continue;
                const auto one = number(record, column);
                if (!one) return failure(one.error());
                const Money before = sum.value_or(Money::zero(currency_));
                sum = is_plus ? before + *one : before - *one;
            }
        if (!sum || sum->is_zero() || shape.direction.empty()) return sum;
        const std::string& direction = record.fields[place_of(shape.direction)];
        if (direction == shape.negative) return std::optional(-*sum);
        if (direction == shape.positive) return sum;
        return failure(at(record, shape.direction, "neither way", shape.positive + " or " + shape.negative));
    }

    [[nodiscard]] const KindShape* kind_called(const std::string& word) const {
        const auto exact = shape_.kinds.find(word);
        if (exact != shape_.kinds.end()) return &exact->second;
        const KindShape* nearest = nullptr;
        std::size_t length = 0;
        for (const auto& [pattern, kind] : shape_.kinds) {
            if (pattern.empty() || pattern.back() != '*' || pattern.size() < length) continue;
            if (!word.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1))) continue;
            nearest = &kind;
            length = pattern.size();
        }
        return nearest;
    }

    /// An instant that is written as the shape says.
    [[nodiscard]] std::optional<Instant> instant_of(std::string_view text) const {
        std::map<char, std::string> parts;
        std::string offset = "Z";
        for (const char sign : shape_.instants) {
            if (sign == 'Z') {
                offset = std::string(text);
                text = {};
                if (offset.size() == 5) offset.insert(3, ":");
                continue;
            }
            if (text.empty()) return std::nullopt;
            if (std::string_view("YMDhms").find(sign) != std::string_view::npos)
                parts[sign] += text.front();
            else if (text.front() != sign)
                return std::nullopt;
            text.remove_prefix(1);
        }
        if (!text.empty()) return std::nullopt;
        const auto part = [&](char sign) { return parts.contains(sign) ? parts[sign] : std::string("00"); };
        const auto at = parse_instant(part('Y') + '-' + part('M') + '-' + part('D') + 'T' + part('h') + ':' +
                                      part('m') + ':' + part('s') + offset);
        return at ? std::optional(*at) : std::nullopt;
    }

    [[nodiscard]] Result<ProviderRow> row_of(const CsvRecord& record) const {
        const Money nothing = Money::zero(currency_);
        ProviderRow row{.gross = nothing, .fee = nothing};
        for (const std::string& column : shape_.currency) {
            std::string code = record.fields[place_of(column)];
            std::transform(code.begin(), code.end(), code.begin(),
                           [](char letter) { return letter >= 'a' && letter <= 'z' ? char(letter - 32) : letter; });
            if (!code.empty() && code != currency_.code())
                return failure(at(record, column, "another currency than the campaign's",
                                  std::string(currency_.code()) + "; rows of other currencies in a file of their own"));
        }
        row.called = record.fields[place_of(shape_.kind)];
        const KindShape* const kind = kind_called(row.called);
        if (kind) {
            row.kind = kind->is;
            row.adds = kind->adds;
        }
        const Columns& references = kind && !kind->reference.empty() ? kind->reference : shape_.reference;
        const std::size_t place = first_of(record, references);
        if (kind && place == nowhere)
            return failure(TextError{{std::string(source_), record.line, 1},
                                     "a " + row.called + " without a reference",
                                     "",
                                     "one in " + alternatives(references)});
        row.reference = text_at(record, kind ? place : first_of(record, shape_.reference));
        row.about = text_at(record, first_of(record, shape_.about));
        row.where = position_of(record, place == nowhere ? 0 : place, text_, source_);
        if (!shape_.at.empty()) {
            const std::string& written = record.fields[place_of(shape_.at)];
            row.at = instant_of(written);
            if (!row.at && !written.empty())
                return failure(at(record, shape_.at, "not an instant", "one written " + shape_.instants));
        }
        const auto gross = amount(record, shape_.gross);
        if (!gross) return failure(gross.error());
        const auto fee = amount(record, shape_.fee);
        if (!fee) return failure(fee.error());
        row.fee = fee->value_or(nothing);
        const auto net = shape_.net ? amount(record, *shape_.net) : std::optional<Money>();
        if (!net) return failure(net.error());
        if (!*gross && !*net) return failure(TextError{row.where, "a " + row.called + " without an amount", "", "one"});
        row.gross = gross->value_or(net->value_or(nothing) + (*net ? row.fee : nothing));
        if (*net && row.net() != **net)
            return failure(TextError{
                row.where, "the row does not add up",
                to_amount_text(row.gross) + " less " + to_amount_text(row.fee) + " as " + to_amount_text(**net),
                to_amount_text(row.net())});
        if (row.adds == RowAdds::fee) {
            row.fee = -row.net();
            row.gross = nothing;
        }
        return row;
    }

    std::string_view text_;
    std::string_view source_;
    const RowShape& shape_;
    Currency currency_;
    const CsvRecord* header_ = nullptr;
};

}  // namespace

Result<RowShape, Findings> parse_row_shape(std::string_view text, const std::string& source) {
    const auto root = detail::parse_toml(text, source);
    if (!root) return failure(Findings{detail::finding_of(root.error())});
    Findings findings;
    RowShape shape;
    detail::read(*root, shape, {USD}, findings);
    if (!findings.empty()) return failure(std::move(findings));
    const auto refuse = [&](std::string_view key, std::string what, std::string accepted) {
        const Node* const node = root->find(key);
        findings.push_back({FindingKind::malformed,
                            std::string(key),
                            std::move(what),
                            std::move(accepted),
                            {},
                            node ? node->where : root->where});
    };
    const auto judge = [&](std::string_view key, const AmountShape& amount) {
        if (amount.plus.empty() && amount.minus.empty())
            refuse(key, "no column", "plus = [\"...\"], the columns that are added up");
        if (!amount.direction.empty() && (amount.positive.empty() || amount.positive == amount.negative))
            refuse(key, "a direction without its two words", "positive = \"CR\", negative = \"DR\"");
    };
    judge("gross", shape.gross);
    judge("fee", shape.fee);
    if (shape.net) judge("net", *shape.net);
    if (shape.reference.empty()) refuse("reference", "no column", "the columns of the reference");
    if (shape.kinds.empty()) refuse("kinds", "no kind", "charge = { is = \"charge\" }");
    if (!shape.at.empty() && shape.instants.find("YYYY") == std::string::npos)
        refuse("instants", "no year in it", "\"YYYY-MM-DD hh:mm:ss\", with Z for an offset");
    if (!findings.empty()) return failure(std::move(findings));
    return shape;
}

std::vector<std::string> row_shape_names() {
    std::vector<std::string> names;
    for (const auto& shape : detail::embedded_shapes()) names.emplace_back(shape.name);
    return names;
}

Result<RowShape, Findings> load_row_shape(std::string_view name) {
    for (const auto& shape : detail::embedded_shapes())
        if (shape.name == name) return parse_row_shape(shape.text, std::string(name) + ".toml");
    return failure(Findings{{FindingKind::malformed,
                             {},
                             fmt::format("there is no shape '{}'", name),
                             fmt::format("one of {}, or a file FILE.toml", fmt::join(row_shape_names(), ", ")),
                             {},
                             {}}});
}

Result<std::vector<ProviderRow>> read_provider_rows(std::string_view text, const RowShape& shape, Currency currency,
                                                    std::string_view source) {
    return Rows(text, shape, currency, source).read();
}

}  // namespace crowdrules
