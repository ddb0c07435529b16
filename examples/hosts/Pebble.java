// SPDX-License-Identifier: BSL-1.0
// crowdrules from Java 22 or later, by foreign memory:  java --enable-native-access=ALL-UNNAMED Pebble.java LIBRARY STORY
import static java.lang.foreign.ValueLayout.*;

import java.lang.foreign.*;
import java.nio.file.*;
import java.util.regex.*;

class Pebble {
    static final Arena arena = Arena.ofAuto();
    static SymbolLookup library;
    static MemorySegment campaign;

    /** Calls a function that takes pointers and lengths. */
    static Object call(String name, MemoryLayout result, Object... given) throws Throwable {
        var layouts = new MemoryLayout[given.length];
        for (int i = 0; i < given.length; ++i) layouts[i] = given[i] instanceof Long ? JAVA_LONG : ADDRESS;
        var function = result == null ? FunctionDescriptor.ofVoid(layouts) : FunctionDescriptor.of(result, layouts);
        var symbol = library.find("crowdrules_" + name).orElseThrow();
        return Linker.nativeLinker().downcallHandle(symbol, function).invokeWithArguments(given);
    }

    /** The text of an answer, which may have made the campaign. */
    static String taken(Object answer) throws Throwable {
        var text = (MemorySegment) call("answer_text", ADDRESS, answer);
        var value = text.reinterpret(Long.MAX_VALUE).getString(0);
        var made = (MemorySegment) call("answer_campaign", ADDRESS, answer);
        if (!made.equals(MemorySegment.NULL)) campaign = made;
        call("answer_free", null, answer);
        return value;
    }

    static String perform(String command) throws Throwable {
        var answer = taken(call("perform", ADDRESS, campaign, text(command), length(command)));
        return found(answer, answer.startsWith("{\"refusal\"") ? "\"code\":\"(\\w+)" : "\"event\":\"(\\w+)");
    }

    /** What a reader of JSON would find: Java has none. */
    static String found(String json, String pattern) {
        return String.join(", ", Pattern.compile(pattern).matcher(json).results().map(m -> m.group(1)).toList());
    }

    static MemorySegment text(String text) { return arena.allocateFrom(text); }
    static Long length(String text) { return (long) text.getBytes().length; }

    public static void main(String[] arguments) throws Throwable {
        library = SymbolLookup.libraryLookup(Path.of(arguments[0]), arena);
        var draft = Files.readString(Path.of(arguments[1]));
        var terms = taken(call("terms", ADDRESS, text(draft), length(draft)));
        String at = "2012-04-11T07:00:00Z", deadline = "2012-05-18T07:00:00Z";
        taken(call("launch", ADDRESS, text(terms), length(terms), text(at), length(at)));
        var pledge = "{\"at\":\"2012-04-11T08:00:00Z\",\"command\":\"make_pledge\",\"pledge\":%d,\"backer\":%1$d,"
                + "\"reward\":1,\"amount\":\"%s\"}";
        for (int number = 1; number < 100; ++number) perform(pledge.formatted(number, "1000.00"));
        System.out.println("pledge 100: " + perform(pledge.formatted(100, "1000.00")));
        System.out.println("pledge 101: " + perform(pledge.formatted(101, "99.00")));
        taken(call("advance", ADDRESS, campaign, text(deadline), length(deadline)));
        var charge = "{\"at\":\"2012-05-18T08:00:00Z\",\"command\":\"record_charge\",\"pledge\":1}";
        var refund = "{\"at\":\"2012-05-19T08:00:00Z\",\"command\":\"refund_pledge\",\"pledge\":1,\"amount\":\"1000.00\"}";
        System.out.println("charge: " + perform(charge));
        System.out.println("refund: " + perform(refund));
        var page = taken(call("statement", ADDRESS, campaign));
        System.out.println(found(page, "^.\"title.*\"phase\":\"(\\w+)") + " " + found(page, "\"backers\":(\\d+)") + " "
                + found(page, "\"collected\":.[^}]*\"amount\":\"([\\d.]+)") + " "
                + found(page, "^.\"title.*,\"refunded\":\"([\\d.]+)\",\"charged_back"));
        call("campaign_free", null, campaign);
    }
}
