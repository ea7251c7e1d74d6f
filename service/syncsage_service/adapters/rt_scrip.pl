# Custom action commit code of a Scrip (stage TransactionCreate) for Request Tracker 5.
#
# It tells SyncSage which transaction of which ticket is new, and nothing else: no text leaves RT this way.
# RT_SiteConfig.pm says where and with which secret:
#     Set(%SyncSage, URL => 'http://127.0.0.1:8080', Secret => '...', Timeout => 2);
# Whatever goes wrong is logged; the ticket never notices.
my $told = eval {
    local $SIG{__DIE__};
    require Digest::SHA;
    require LWP::UserAgent;
    my %to = RT->Config->Get('SyncSage');
    die "RT_SiteConfig.pm has no Set(\%SyncSage, URL => ..., Secret => ...)\n" unless $to{URL} && $to{Secret};
    my $body = sprintf '{"ticket":%d,"transaction":%d}', $self->TicketObj->Id, $self->TransactionObj->Id;
    my $time = time;
    my $answer = LWP::UserAgent->new( timeout => $to{Timeout} || 2, max_redirect => 0 )->post(
        "$to{URL}/v1/hooks/rt",
        'Content-Type'         => 'application/json',
        'X-SyncSage-Timestamp' => $time,
        'X-SyncSage-Signature' => 'sha256=' . Digest::SHA::hmac_sha256_hex( "$time.$body", $to{Secret} ),
        Content                => $body,
    );
    die $answer->status_line . "\n" unless $answer->is_success;
    1;
};
RT->Logger->warning( "SyncSage was not told: " . ( $@ || 'unknown' ) ) unless $told;
return 1;
