# Prepares an empty Request Tracker for a trial: a user with a token, and the Scrip of SyncSage.
# Arguments: file with the code of the Scrip. Prints the token.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use RT;
RT::LoadConfig();
RT::Init();

sub ok { my ( $value, $message ) = @_; die "$message\n" unless $value; return $value }

my $user = RT::User->new( RT->SystemUser );
ok( $user->Create( Name => 'syncsage', EmailAddress => 'syncsage@rt.example', Privileged => 1 ) );
for my $right (qw(SeeQueue ShowTicket ShowTicketComments CommentOnTicket)) {
    ok( $user->PrincipalObj->GrantRight( Object => RT->System, Right => $right ) );
}
require RT::AuthToken;
my $token = RT::AuthToken->new( RT->SystemUser );
my ( $id, $message, $auth ) = $token->Create( Owner => $user->Id, Description => 'syncsage' );
ok( $id, $message );

require RT::Group;
my $everyone = RT::Group->new( RT->SystemUser );
$everyone->LoadSystemInternalGroup('Everyone');
for my $right (qw(CreateTicket ReplyToTicket)) {
    ok( $everyone->PrincipalObj->GrantRight( Object => RT->System, Right => $right ) );
}

open my $file, '<', $ARGV[0] or die "$ARGV[0]: $!";
my $code = do { local $/; <$file> };
my $spoken = 'my $t = $self->TransactionObj->Type; $t eq "Create" || $t eq "Correspond" || $t eq "Comment"';
my $scrip = RT::Scrip->new( RT->SystemUser );
( $id, $message ) = $scrip->Create(
    Queue => 0, Description => 'Tell SyncSage', Template => 'Blank', Stage => 'TransactionCreate',
    ScripCondition => 'User Defined', CustomIsApplicableCode => $spoken,
    ScripAction => 'User Defined', CustomPrepareCode => 'return 1;', CustomCommitCode => $code,
);
ok( $id, $message );
print "$auth\n";
