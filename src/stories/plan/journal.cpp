// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/stories/plan/book.hpp>

#include "kind.hpp"
#include <algorithm>
#include <life/describe_answer.hpp>
#include <protocol/json_schema.hpp>
#include <protocol/json_writer.hpp>
#include <protocol/sealed.hpp>

namespace crowdrules {
namespace detail {

/// A figure as a line holds it: its kind is the field that is there.
struct FigureText {
    std::string name;
    std::optional<std::int64_t> amount;  ///< minor units
    std::optional<Decimal> number;
    std::optional<std::int64_t> count;
    std::optional<std::string> word;
    bool latest = false;
};
inline void describe(Fields& v, FigureText& figure) {
    v("name", figure.name, required);
    v.amount("amount", figure.amount);
    v("number", figure.number);
    v("count", figure.count);
    v("word", figure.word);
    v("latest", figure.latest);
}
inline void describe(Fields& v, PlanMovement& move) {
    v("from", move.from, required);
    v("to", move.to, required);
    v("amount", move.amount, required);
}
struct EntryText {
    std::string on, part, what;
    std::uint32_t number = 0;
    std::string line;
    std::vector<FigureText> figures;
    std::vector<PlanMovement> movements;
    std::vector<Derivation> why;
};
inline void describe(Fields& v, EntryText& entry) {
    v("on", entry.on, required);
    v("part", entry.part, required);
    v("what", entry.what, required);
    v("number", entry.number);
    v("line", entry.line);
    v("figures", entry.figures);
    v("movements", entry.movements);
    v("why", entry.why);
}
inline void describe(Fields& v, PlanBook::Part& part) {
    v("name", part.name, required);
    v("kind", part.kind, required);
}
/// The first line: what the plan is.
struct OpeningText {
    std::string plan, source;
    Currency currency = USD;
    std::vector<PlanBook::Part> parts;
    std::string terms;
};
inline void describe(Fields& v, OpeningText& opening) {
    v("plan", opening.plan, required);
    v("source", opening.source);
    v.currency("currency", opening.currency, required);
    v("parts", opening.parts);
    v("terms", opening.terms, required);
}

namespace {

FigureText text_of(const PlanFigure& figure) {
    FigureText text;
    text.name = figure.name;
    text.latest = figure.tally == PlanTally::latest;
    if (const auto* amount = std::get_if<Money>(&figure.value)) text.amount = amount->minor();
    if (const auto* number = std::get_if<Decimal>(&figure.value)) text.number = *number;
    if (const auto* count = std::get_if<std::int64_t>(&figure.value)) text.count = *count;
    if (const auto* word = std::get_if<std::string>(&figure.value)) text.word = *word;
    return text;
}

PlanFigure figure_of(FigureText text, Currency currency) {
    PlanFigure figure{std::move(text.name), std::string(), text.latest ? PlanTally::latest : PlanTally::sum};
    if (text.amount) figure.value = Money(*text.amount, currency);
    if (text.number) figure.value = *text.number;
    if (text.count) figure.value = *text.count;
    if (text.word) figure.value = std::move(*text.word);
    return figure;
}

}  // namespace

std::string PlanKind::event_schema(JsonSchema& schema) {
    OpeningText opening;
    EntryText entry;
    return JsonSchema::any_of({schema.of(value_of(opening), "plan"), schema.of(value_of(entry), "entry")});
}

}  // namespace detail

void write_journal(const PlanBook& book, const std::function<void(std::string_view)>& put) {
    detail::SealedWriter lines;
    put(lines.header(detail::PlanKind::journal));
    put(lines.line(detail::json_of(detail::OpeningText{book.title, book.source, book.currency, book.parts, book.terms},
                                   {book.currency})));
    for (const PlanEntry& entry : book.entries) {
        detail::EntryText text{to_text(entry.on), entry.part, entry.what,      entry.number,
                               entry.line,        {},         entry.movements, entry.why};
        for (const PlanFigure& figure : entry.figures) text.figures.push_back(detail::text_of(figure));
        put(lines.line(detail::json_of(text, {book.currency})));
    }
    put(lines.closing());
}

struct PlanJournalReader::State {
    detail::SealedReader lines;
    PlanBook book{};
    bool is_open = false;

    std::optional<TextError> take(std::string_view object, std::size_t line) {
        if (!is_open) return open(object, line);
        detail::EntryText text;
        if (auto error = detail::read_json(object, lines.source(), line, {book.currency}, text)) return error;
        const auto on = parse_date(text.on);
        if (!on) return TextError{{lines.source(), line, 0}, on.error().what, text.on, on.error().expected};
        const bool is_known = std::any_of(book.parts.begin(), book.parts.end(),
                                          [&](const PlanBook::Part& part) { return part.name == text.part; });
        if (!is_known)
            return TextError{{lines.source(), line, 0},
                             "an entry of a part that the plan does not have",
                             text.part,
                             "a part of the first line"};
        PlanEntry entry{*on, std::move(text.part),      std::move(text.what), text.number, std::move(text.line),
                        {},  std::move(text.movements), std::move(text.why)};
        for (detail::FigureText& figure : text.figures)
            entry.figures.push_back(detail::figure_of(std::move(figure), book.currency));
        book.entries.push_back(std::move(entry));
        return std::nullopt;
    }

  private:
    std::optional<TextError> open(std::string_view object, std::size_t line) {
        detail::OpeningText opening;
        if (auto error = detail::read_json(object, lines.source(), line, {USD}, opening)) return error;
        book = {opening.plan, opening.source, opening.currency, opening.parts, opening.terms, {}};
        is_open = true;
        return std::nullopt;
    }
};

PlanJournalReader::PlanJournalReader(std::string source)
    : state_(new State{{std::move(source), std::string(detail::PlanKind::journal)}}) {}
PlanJournalReader::~PlanJournalReader() = default;
PlanJournalReader::PlanJournalReader(PlanJournalReader&&) noexcept = default;
PlanJournalReader& PlanJournalReader::operator=(PlanJournalReader&&) noexcept = default;

Result<void> PlanJournalReader::add(std::string_view piece) {
    return state_->lines.add(piece,
                             [&](std::string_view object, std::size_t line) { return state_->take(object, line); });
}

Result<PlanBook> PlanJournalReader::finish() {
    const auto done =
        state_->lines.finish([&](std::string_view object, std::size_t line) { return state_->take(object, line); });
    if (!done) return failure(done.error());
    if (!state_->is_open) return failure(TextError{{state_->lines.source(), 1, 1}, "a journal without events", "", ""});
    return std::move(state_->book);
}

}  // namespace crowdrules
