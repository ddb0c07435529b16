// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/fee_text.hpp>

#include <map>

namespace crowdrules {
namespace {

constexpr const char* accepted = "a fee such as \"3% + 0.20\" or \"3% + 0.20; below 10.00: 5% + 0.05\"";

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return text.substr(0, 0);
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

class FeeReader {
  public:
    FeeReader(std::string_view text, Currency currency) : text_(text), currency_(currency) {}

    Result<std::vector<FeeBand>> bands() {
        std::map<std::int64_t, FeeBand> below;
        std::optional<FeeBand> otherwise;
        for (std::size_t begin = 0; begin <= text_.size();) {
            const std::size_t end = std::min(text_.find(';', begin), text_.size());
            std::string_view part = trimmed(text_.substr(begin, end - begin));
            if (part.empty()) return refuse(text_.substr(begin, 0), "nothing here");
            std::optional<std::int64_t> limit;
            if (part.starts_with("below ")) {
                const std::size_t colon = part.find(':');
                if (colon == std::string_view::npos) return refuse(part, "'below' and no ':' after its amount");
                const auto read = amount(trimmed(part.substr(6, colon - 6)));
                if (!read) return failure(read.error());
                limit = *read;
                part = trimmed(part.substr(colon + 1));
            }
            const auto band = fee(part);
            if (!band) return failure(band.error());
            if (limit ? below.contains(*limit) : otherwise.has_value())
                return refuse(part, limit ? "a second part below the same amount" : "a second part without 'below'");
            if (limit)
                below.emplace(*limit, *band);
            else
                otherwise = *band;
            begin = end + 1;
        }
        if (!otherwise) return refuse(text_, "nothing says what the other amounts cost");

        std::vector<FeeBand> bands;
        std::int64_t from = 0;
        for (auto& [limit, band] : below) {
            band.from = std::exchange(from, limit);
            bands.push_back(band);
        }
        otherwise->from = from;
        bands.push_back(*otherwise);
        return bands;
    }

  private:
    tl::unexpected<TextError> refuse(std::string_view part, std::string what) const {
        const std::size_t column = static_cast<std::size_t>(part.data() - text_.data()) + 1;
        return failure(TextError{{{}, 1, column}, std::move(what), std::string(part), accepted});
    }
    Result<std::int64_t> amount(std::string_view text) const {
        const auto money = Money::parse(text, currency_);
        if (!money) return refuse(text, money.error().what);
        if (money->is_negative()) return refuse(text, "a negative amount");
        return money->minor();
    }
    Result<FeeBand> fee(std::string_view text) const {
        FeeBand band;
        std::string_view fixed = text;
        if (const std::size_t sign = text.find('%'); sign != std::string_view::npos) {
            const std::string_view rate_text = text.substr(0, sign + 1);
            const auto rate = Decimal::parse(rate_text);
            if (!rate) return refuse(rate_text, rate.error().what);
            if (rate->is_negative() || Decimal(1) < *rate) return refuse(rate_text, "a rate outside 0% to 100%");
            band.rate = *rate;
            fixed = trimmed(text.substr(sign + 1));
            if (fixed.empty()) return band;
            if (!fixed.starts_with('+')) return refuse(fixed, "something other than '+' after the rate");
            fixed = trimmed(fixed.substr(1));
        }
        const auto part = amount(fixed);
        if (!part) return failure(part.error());
        band.fixed = *part;
        return band;
    }

    std::string_view text_;
    Currency currency_;
};

}  // namespace

Result<FeeSchedule> parse_fee(std::string_view text, Currency currency, Rounding rounding) {
    auto bands = FeeReader(text, currency).bands();
    if (!bands) return failure(bands.error());
    FeeSchedule schedule;
    schedule.bands = std::move(*bands);
    schedule.rounding = rounding;
    if (const auto defect = defect_of(schedule))
        return failure(TextError{{{}, 1, 1}, *defect, std::string(text), accepted});
    return schedule;
}

}  // namespace crowdrules
