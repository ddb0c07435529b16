<?php
// SPDX-License-Identifier: BSL-1.0
// crowdrules from PHP by its FFI:  php -d ffi.enable=1 pebble.php LIBRARY STORY
[, $library, $story] = $argv;
$lib = FFI::cdef('
    void *crowdrules_terms(const char *, size_t);
    void *crowdrules_launch(const char *, size_t, const char *, size_t);
    void *crowdrules_perform(void *, const char *, size_t);
    void *crowdrules_advance(void *, const char *, size_t);
    void *crowdrules_statement(void *);
    void *crowdrules_answer_campaign(void *);
    int crowdrules_answer_status(void *);
    const char *crowdrules_answer_text(void *);
    void crowdrules_answer_free(void *);
    void crowdrules_campaign_free(void *);', $library);

/** The answer's status and value, and the campaign that was made, if any. */
function taken($answer): array {
    global $lib;
    $status = $lib->crowdrules_answer_status($answer);
    $value = json_decode($lib->crowdrules_answer_text($answer), true);
    $made = $lib->crowdrules_answer_campaign($answer);
    $lib->crowdrules_answer_free($answer);
    return [$status, $value, $made];
}

function perform(array $command): string {
    global $lib, $campaign;
    $text = json_encode($command);
    [$status, $value] = taken($lib->crowdrules_perform($campaign, $text, strlen($text)));
    return $status === 1 ? $value['refusal']['code'] : implode(', ', array_column($value['events'], 'event'));
}

function pledge(int $number, string $amount): string {
    return perform(['at' => '2012-04-11T08:00:00Z', 'command' => 'make_pledge', 'pledge' => $number,
                    'backer' => $number, 'reward' => 1, 'amount' => $amount]);
}

$draft = file_get_contents($story);
$answer = $lib->crowdrules_terms($draft, strlen($draft));
$terms = $lib->crowdrules_answer_text($answer);
$at = '2012-04-11T07:00:00Z';
$deadline = '2012-05-18T07:00:00Z';
[, , $campaign] = taken($lib->crowdrules_launch($terms, strlen($terms), $at, strlen($at)));
$lib->crowdrules_answer_free($answer);
for ($number = 1; $number <= 100; ++$number) $last = pledge($number, '1000.00');
echo "pledge 100: $last\n";
echo 'pledge 101: ', pledge(101, '99.00'), "\n";
taken($lib->crowdrules_advance($campaign, $deadline, strlen($deadline)));
echo 'charge: ', perform(['at' => '2012-05-18T08:00:00Z', 'command' => 'record_charge', 'pledge' => 1]), "\n";
echo 'refund: ', perform(['at' => '2012-05-19T08:00:00Z', 'command' => 'refund_pledge', 'pledge' => 1,
                          'amount' => '1000.00']), "\n";
[, $page] = taken($lib->crowdrules_statement($campaign));
echo "$page[phase] $page[backers] {$page['collected']['amount']} $page[refunded]\n";
$lib->crowdrules_campaign_free($campaign);
