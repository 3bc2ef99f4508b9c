using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>How a report came in.</summary>
public enum ReportChannel
{
    /// <summary>A member's system, or a program of the centre.</summary>
    Api,

    /// <summary>A clerk took it down in the console.</summary>
    Console,

    /// <summary>A line of a file.</summary>
    Bulk,

    /// <summary>The public page: a stranger, whom nobody vouches for yet.</summary>
    Public,
}

/// <summary>Where a report stands; the states are drawn in this module's README.</summary>
public enum ReportState
{
    /// <summary>A stranger told it and no clerk has verified who that is. Nothing follows from it.</summary>
    Received,

    /// <summary>The victim is verified: by the clerk, member or officer who told it, or by a clerk afterwards.</summary>
    Verified,

    /// <summary>At least one of its payments was found among the transfers that members told.</summary>
    Matched,

    /// <summary>Every payment of it is counted with another report.</summary>
    Duplicate,

    /// <summary>A clerk looked at it: there is no loss, or nobody stands behind it.</summary>
    Unfounded,
}

/// <summary>One payment that a victim tells of.</summary>
/// <param name="Transfer">The bank's receipt number, where the victim has it.</param>
/// <param name="Member">The bank that gave it.</param>
/// <param name="Payer">The victim's account.</param>
/// <param name="Payee">The account paid to.</param>
/// <param name="Amount">How much.</param>
/// <param name="At">When, as the victim remembers.</param>
public sealed record ReportedLoss(SignalId? Transfer, MemberCode? Member, AccountNumber? Payer, AccountNumber? Payee, Amount Amount, Instant At);

/// <summary>Numbers and names that a report points at.</summary>
/// <param name="Phones">Who called or wrote.</param>
/// <param name="Accounts">Where the money was to go.</param>
/// <param name="Domains">Pages the victim was led to.</param>
public sealed record Suspects(ImmutableArray<PhoneNumber> Phones, ImmutableArray<AccountNumber> Accounts, ImmutableArray<string> Domains);

/// <summary>A payment of a report that is counted with another report.</summary>
/// <param name="Loss">Which payment, from 0.</param>
/// <param name="Other">The report that it is counted with.</param>
/// <param name="OtherLoss">Which payment of that, from 0.</param>
/// <param name="Reasons">Why they are held for one, the strongest first.</param>
/// <param name="RefutedBy">Who said that they are two; null where they are held for one.</param>
public sealed record ToldTwice(int Loss, Guid Other, int OtherLoss, ImmutableArray<DuplicateReason> Reasons, string? RefutedBy = null)
{
    /// <summary>Whether the payment is counted with the other report.</summary>
    public bool Stands => RefutedBy is null;
}

/// <summary>What a victim, or a member for one, tells.</summary>
public sealed class Report : Folded<ReportEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The sender's own id, which makes a repeat recognisable.</summary>
    public string SourceId { get; private set; } = "";

    /// <summary>How it came in.</summary>
    public ReportChannel Channel { get; private set; }

    /// <summary>Where it stands.</summary>
    public ReportState State { get; private set; }

    /// <summary>The victim's name; personal, erasable.</summary>
    public string? Reporter { get; private set; }

    /// <summary>The victim's number; personal, erasable.</summary>
    public PhoneNumber? Phone { get; private set; }

    /// <summary>What was told, with identity numbers masked; personal, erasable.</summary>
    public string? Text { get; private set; }

    /// <summary>The type of fraud, by its code in the tree of types.</summary>
    public string FraudType { get; private set; } = "";

    /// <summary>The type as it was told, before rules guessed or a clerk chose.</summary>
    public string TypeTold { get; private set; } = "";

    /// <summary>Who told or chose the type; null where it was guessed from the words.</summary>
    public string? TypeBy { get; private set; }

    /// <summary>Who and where to, as told.</summary>
    public Suspects Suspects { get; private set; } = new([], [], []);

    /// <summary>The payments, as a clerk confirmed them where one did.</summary>
    public ImmutableArray<ReportedLoss> Losses { get; private set; } = [];

    /// <summary>The payments as they were told first.</summary>
    public ImmutableArray<ReportedLoss> Told { get; private set; } = [];

    /// <summary>Those of its payments that another report tells of too.</summary>
    public ImmutableArray<ToldTwice> Duplicates { get; private set; } = [];

    /// <summary>When the victim reported.</summary>
    public Instant ReportedAt { get; private set; }

    /// <summary>When it came in.</summary>
    public Instant ReceivedAt { get; private set; }

    /// <summary>The case it belongs to.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>Whether somebody answers for the victim being who the report says.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>Who verified the victim; null until then.</summary>
    public string? VerifiedBy { get; private set; }

    /// <summary>When.</summary>
    public Instant? VerifiedAt { get; private set; }

    /// <summary>How the victim was verified, by a clerk's own words; personal, erasable.</summary>
    public string? How { get; private set; }

    /// <summary>Why it is unfounded; null where it is not.</summary>
    public string? Unfounded { get; private set; }

    /// <summary>How many of its payments were found among the signals.</summary>
    public int MatchedLosses { get; private set; }

    /// <summary>A keyed digest of the address that a stranger wrote from; null of every other report. It bounds what one address can leave.</summary>
    public string? Origin { get; private set; }

    /// <summary>SHA-256 of the secret with which a stranger can look at the state, in hex; null of every other report.</summary>
    public string? SecretHash { get; private set; }

    /// <summary>
    /// Whether something may follow from it: the victim is verified, and of what a stranger told a payment was found among the
    /// transfers of members.
    /// </summary>
    public bool MayAct => IsVerified && Unfounded is null && (Channel != ReportChannel.Public || MatchedLosses > 0);

    /// <summary>Whether it vouches for its case by itself: a member, clerk or officer told it.</summary>
    public bool Vouches => IsVerified && Unfounded is null && Channel != ReportChannel.Public;

    /// <summary>The payments that are counted with this report, by their places in <see cref="Losses"/>.</summary>
    public IEnumerable<int> Counted => Enumerable.Range(0, Losses.Length).Where(i => !Duplicates.Any(d => d.Loss == i && d.Stands));

    /// <inheritdoc/>
    public override string Stream => $"report/{Id}";

    /// <inheritdoc/>
    protected override void Fold(ReportEvent happened)
    {
        switch (happened)
        {
            case ReportReceived e:
                Receive(e);
                break;
            case ReportVerified e:
                (IsVerified, VerifiedBy, VerifiedAt, How, Unfounded) = (true, e.By, e.At, e.How, null);
                (FraudType, TypeBy, Losses, MatchedLosses, Duplicates) = (e.FraudType, e.By, e.Losses, e.Matched, e.Duplicates);
                break;
            case ReportTypeChosen e:
                (FraudType, TypeBy) = (e.FraudType, e.By);
                break;
            case ReportFoundUnfounded e:
                (Unfounded, MatchedLosses, Duplicates) = (e.Reason, 0, []);
                break;
            case ReportMatched e:
                MatchedLosses += e.Losses;
                break;
            case LossesToldTwice e:
                Duplicates = Duplicates.AddRange(e.Found);
                break;
            case DuplicateRefuted e:
                Duplicates = [.. Duplicates.Select(d => d.Loss == e.Loss && d.Stands ? d with { RefutedBy = e.By } : d)];
                break;
            case DuplicatesReleased e:
                Duplicates = Duplicates.RemoveAll(d => d.Other == e.Other);
                break;
        }
        State = Stand();
    }

    private void Receive(ReportReceived e)
    {
        (Id, SourceId, Channel, Reporter, Phone, Text) = (e.Report, e.SourceId, e.Channel, e.Reporter, e.Phone, e.Text);
        (FraudType, TypeTold, TypeBy, Suspects, Losses, Told) = (e.FraudType, e.TypeTold, e.TypeBy, e.Suspects, e.Losses, e.Losses);
        (ReportedAt, ReceivedAt, CaseId, MatchedLosses, Duplicates) = (e.ReportedAt, e.At, e.Case, e.Matched, e.Duplicates);
        (Origin, SecretHash) = (e.Origin, e.SecretHash);
        if (e.VouchedBy is { } by) (IsVerified, VerifiedBy, VerifiedAt) = (true, by, e.At);
    }

    private ReportState Stand() =>
        Unfounded is not null ? ReportState.Unfounded
        // That others told the same is nothing to tell a stranger, and takes no report from the clerk who is to look at it.
        : !IsVerified ? ReportState.Received
        : !Losses.IsEmpty && !Counted.Any() ? ReportState.Duplicate
        : MatchedLosses > 0 ? ReportState.Matched
        : ReportState.Verified;
}
