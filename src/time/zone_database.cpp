// SPDX-License-Identifier: BSL-1.0
// The one file that uses Howard Hinnant's time zone library (date/tz.h); its target must be linked, not only included.
//
// Built for the operating system's zone files, that library stops at the last clock change written in a file (2037 at
// most) and keeps the offset of that moment for ever. The line that ends each file says what happens from there on:
// we apply it ourselves.
#include <crowdrules/time/deadline.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include "yearly_rule.hpp"
#include <fstream>
#include <optional>

namespace crowdrules {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

const std::string zone_files = "/usr/share/zoneinfo/";

TextError unknown_zone(const std::string& zone) {
    return {{}, "unknown time zone", zone, "a name of the IANA database such as Asia/Seoul, or UTC"};
}

/// The zone of that name, or null.
/// A name without a slash may be the machine's own ("localtime") or an old abbreviation ("EST"): only UTC is clear.
const date::time_zone* find_zone(const std::string& zone) {
    if (zone != "UTC" && zone.find('/') == std::string::npos) return nullptr;
    try {
        return date::locate_zone(zone);
    } catch (const std::exception&) {
        return nullptr;
    }
}

/// Whether nothing is written in the zone's file after this span.
bool is_open_ended(const date::sys_info& span) {
    return span.end >= date::sys_days{date::year::max() / date::December / 31};
}

std::optional<YearlyRule> yearly_rule(const std::string& zone) {
    std::ifstream file(zone_files + zone, std::ios::binary);
    std::string line, last;
    while (std::getline(file, line)) last = line;
    return YearlyRule::parse(last);
}

TextError no_rule(const std::string& found) {
    return {{}, "the zone's file ends without a rule for later years", found, "an earlier time, or newer zone files"};
}

class SystemZones final : public ZoneDatabase {
  public:
    Result<ZoneAnswer> look_up(const LocalTime& local) const override {
        const date::time_zone* zone = find_zone(local.zone);
        if (zone == nullptr) return failure(unknown_zone(local.zone));
        const Instant wall = sys_days{local.date} + local.time_of_day;
        const auto info = zone->get_info(date::local_seconds{wall.time_since_epoch()});
        if (info.result == date::local_info::unique && is_open_ended(info.first)) {
            const auto rule = yearly_rule(local.zone);
            if (!rule) return failure(no_rule(to_text(local)));
            return rule->look_up(wall);
        }
        const Instant before = wall - info.first.offset;
        if (info.result == date::local_info::unique) return ZoneAnswer{ZoneAnswer::Kind::unique, before, before};
        const auto kind =
            info.result == date::local_info::ambiguous ? ZoneAnswer::Kind::overlap : ZoneAnswer::Kind::gap;
        return ZoneAnswer{kind, before, wall - info.second.offset};
    }

    Result<LocalTime> local_time(Instant at, const std::string& zone_name) const override {
        const date::time_zone* zone = find_zone(zone_name);
        if (zone == nullptr) return failure(unknown_zone(zone_name));
        const auto info = zone->get_info(at);
        Elapsed offset = info.offset;
        if (is_open_ended(info)) {
            const auto rule = yearly_rule(zone_name);
            if (!rule) return failure(no_rule(to_text(at) + " in " + zone_name));
            offset = rule->offset_at(at);
        }
        const Instant wall = at + offset;
        const auto day = std::chrono::floor<days>(wall);
        return LocalTime{Date{day}, wall - day, zone_name};
    }

    std::string version() const override {
        constexpr std::string_view label = "# version ";
        std::ifstream file(zone_files + "tzdata.zi");
        std::string line;
        if (!std::getline(file, line) || !line.starts_with(label)) return "unknown";
        return line.substr(label.size());
    }
};

}  // namespace

const ZoneDatabase& system_zones() {
    static const SystemZones zones;
    return zones;
}

}  // namespace crowdrules
