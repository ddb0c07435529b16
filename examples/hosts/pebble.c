/* SPDX-License-Identifier: BSL-1.0
 * crowdrules from C99:  cc pebble.c -lcrowdrules-c && ./a.out STORY */
#include <crowdrules.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static crowdrules_campaign *campaign;

/* Prints an answer, or the first `width` bytes of it, and frees it. */
static void show(const char *name, crowdrules_answer *answer, int width) {
    printf("%s: %d %.*s\n", name, (int)crowdrules_answer_status(answer), width, crowdrules_answer_text(answer));
    crowdrules_answer_free(answer);
}

static crowdrules_answer *perform(const char *command) {
    return crowdrules_perform(campaign, command, strlen(command));
}

int main(int count, char **arguments) {
    static char story[65536];
    char command[256];
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (file == NULL) return 1;
    size_t length = fread(story, 1, sizeof story, file);
    fclose(file);

    const char *launch = "2012-04-11T07:00:00Z", *deadline = "2012-05-18T07:00:00Z";
    crowdrules_answer *terms = crowdrules_terms(story, length);
    crowdrules_answer *launched = crowdrules_launch(crowdrules_answer_text(terms), crowdrules_answer_length(terms),
                                                    launch, strlen(launch));
    campaign = crowdrules_answer_campaign(launched);
    crowdrules_answer_free(terms);
    crowdrules_answer_free(launched);

    for (int number = 1; number <= 100; ++number) {
        snprintf(command, sizeof command,
                 "{\"at\":\"2012-04-11T08:00:00Z\",\"command\":\"make_pledge\",\"pledge\":%d,\"backer\":%d,"
                 "\"reward\":1,\"amount\":\"1000.00\"}", number, number);
        crowdrules_answer_free(perform(command));
    }
    show("pledge 101", perform("{\"at\":\"2012-04-11T08:00:00Z\",\"command\":\"make_pledge\",\"pledge\":101,"
                               "\"backer\":101,\"reward\":1,\"amount\":\"99.00\"}"), 36);
    crowdrules_answer_free(crowdrules_advance(campaign, deadline, strlen(deadline)));
    show("charge", perform("{\"at\":\"2012-05-18T08:00:00Z\",\"command\":\"record_charge\",\"pledge\":1}"), 21);
    show("refund", perform("{\"at\":\"2012-05-19T08:00:00Z\",\"command\":\"refund_pledge\",\"pledge\":1,"
                           "\"amount\":\"1000.00\"}"), 21);
    show("explain", crowdrules_explain(campaign, "collected", strlen("collected")), 45);
    show("check", crowdrules_check(campaign), 20);
    crowdrules_campaign_free(campaign);
    return 0;
}
