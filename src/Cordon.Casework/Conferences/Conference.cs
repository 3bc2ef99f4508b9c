using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Rectifications;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Conferences;

/// <summary>Where a conference stands.</summary>
public enum ConferenceState
{
    /// <summary>Members are asked to it and give their positions.</summary>
    Convened,

    /// <summary>It sits.</summary>
    Open,

    /// <summary>It is over; its minutes wait for signatures.</summary>
    Closed,

    /// <summary>Two signed its minutes.</summary>
    Minuted,
}

/// <summary>What put an item on the agenda.</summary>
public enum ItemOrigin
{
    /// <summary>A task of an earlier conference that is not accepted yet.</summary>
    FollowUp,

    /// <summary>An objective whose delay climbed to the conference.</summary>
    Objective,

    /// <summary>A difficulty that no level answered.</summary>
    Difficulty,

    /// <summary>What was found at a member and the member contests.</summary>
    Contest,

    /// <summary>A listing or veto that waits for its decision.</summary>
    Step,

    /// <summary>The chair put it there.</summary>
    Added,
}

/// <summary>How somebody votes.</summary>
public enum VoteKind
{
    /// <summary>For it.</summary>
    For,

    /// <summary>Against it.</summary>
    Against,

    /// <summary>Neither; counts for the quorum and not for the majority.</summary>
    Abstain,
}

/// <summary>Who is asked to a conference, with the names that it had then.</summary>
/// <param name="Member">The member.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Sector">Its sector.</param>
public sealed record Participant(MemberCode Member, string NameZh, string NameEn, Sector Sector);

/// <summary>What a department says to an item. An earlier position stays beside the later one, which counts.</summary>
/// <param name="Member">Whose position.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
/// <param name="By">Who gave it.</param>
public sealed record Position(MemberCode Member, string Text, Instant At, string By);

/// <summary>A vote.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Kind">How.</param>
/// <param name="Dissent">Why against; null where nothing was said.</param>
/// <param name="At">When.</param>
/// <param name="By">Who cast it.</param>
public sealed record Vote(MemberCode Member, VoteKind Kind, string? Dissent, Instant At, string By);

/// <summary>A resolution that was put forward.</summary>
/// <param name="Text">Its text.</param>
/// <param name="At">When.</param>
/// <param name="By">Who put it forward.</param>
/// <param name="Votes">The votes, one a member.</param>
/// <param name="Adopted">Whether it was adopted; null while the vote is open.</param>
/// <param name="DecidedAt">When the vote was closed.</param>
public sealed record Resolution(string Text, Instant At, string By, ImmutableArray<Vote> Votes, bool? Adopted, Instant? DecidedAt)
{
    /// <summary>How many voted in one way.</summary>
    public int Count(VoteKind kind) => Votes.Count(v => v.Kind == kind);
}

/// <summary>An item of the agenda.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Origin">What put it there.</param>
/// <param name="Source">The record that it came from, <c>kind:id</c>; empty where the chair put it there.</param>
/// <param name="TextZh">What it is about, in Chinese.</param>
/// <param name="TextEn">What it is about, in English.</param>
/// <param name="Concerns">The member whose own matter it is: it gives a position and has no vote. Null where it is nobody's.</param>
/// <param name="Struck">Why it was struck; null while it stands.</param>
/// <param name="Positions">The positions, in order.</param>
/// <param name="Resolutions">The resolutions put forward, the last the current one.</param>
public sealed record AgendaItem(
    int Number, ItemOrigin Origin, string Source, string TextZh, string TextEn, MemberCode? Concerns, string? Struck, ImmutableArray<Position> Positions,
    ImmutableArray<Resolution> Resolutions)
{
    /// <summary>The current resolution; null before one was put forward.</summary>
    public Resolution? Current => Resolutions.IsEmpty ? null : Resolutions[^1];
}

/// <summary>What a resolution has somebody do by a date.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Item">The item whose resolution it carries out.</param>
/// <param name="Owner">Who does it; the centre has a code too.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Due">The first instant after its last day.</param>
/// <param name="Note">What the owner says was done; null before.</param>
/// <param name="DoneBy">Who said so.</param>
/// <param name="DoneAt">When; null while it is not, or was sent back.</param>
/// <param name="AcceptedBy">Who found it done.</param>
/// <param name="AcceptedAt">When.</param>
/// <param name="Returned">Why it was sent back last; null where it was not.</param>
/// <param name="OverdueAt">When its time ran out.</param>
public sealed record ConferenceTask(
    int Number, int Item, MemberCode Owner, string What, Instant Due, string? Note, string? DoneBy, Instant? DoneAt, string? AcceptedBy, Instant? AcceptedAt, string? Returned,
    Instant? OverdueAt)
{
    /// <summary>Whether it was not done by its date, as far as that is known at an instant.</summary>
    public bool IsLate(Instant at) => at >= Due && (DoneAt is not { } done || done >= Due);
}

/// <summary>A signature under the minutes.</summary>
/// <param name="By">Who signed.</param>
/// <param name="At">When.</param>
public sealed record MinutesSignature(string By, Instant At);

/// <summary>A correction of signed minutes. The minutes themselves stay.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">What is to be read otherwise.</param>
/// <param name="By">Who corrected.</param>
/// <param name="At">When.</param>
public sealed record MinutesCorrection(int Number, string Text, string By, Instant At);

/// <summary>A meeting of the joint conference, from its agenda to its signed minutes and the tasks that follow.</summary>
public sealed class Conference : Folded<ConferenceEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>C-2026-0003</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>What it is called.</summary>
    public string Title { get; private set; } = "";

    /// <summary>When it sits.</summary>
    public Instant SitsAt { get; private set; }

    /// <summary>Where.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Why it was convened at shorter notice than the rule; null where it was not.</summary>
    public string? Urgent { get; private set; }

    /// <summary>Where it stands.</summary>
    public ConferenceState State { get; private set; }

    /// <summary>The rules by which it decides, as they were when it was convened.</summary>
    public ConferenceTerms Terms { get; private set; } = ConferenceTerms.Usual;

    /// <summary>Who is asked to it.</summary>
    public ImmutableArray<Participant> Participants { get; private set; } = [];

    /// <summary>The same as one text, <c>;bank-a;bank-b;</c>, by which the database finds a member's.</summary>
    public string Invited { get; private set; } = "";

    /// <summary>The agenda.</summary>
    public ImmutableArray<AgendaItem> Items { get; private set; } = [];

    /// <summary>Who is there; empty before it is open.</summary>
    public ImmutableArray<MemberCode> Present { get; private set; } = [];

    /// <summary>The tasks of its resolutions.</summary>
    public ImmutableArray<ConferenceTask> Tasks { get; private set; } = [];

    /// <summary>When it was convened.</summary>
    public Instant ConvenedAt { get; private set; }

    /// <summary>Who convened it.</summary>
    public string ConvenedBy { get; private set; } = "";

    /// <summary>When it was opened.</summary>
    public Instant? OpenedAt { get; private set; }

    /// <summary>Who opened it, and so chairs it.</summary>
    public string? Chair { get; private set; }

    /// <summary>When it was closed.</summary>
    public Instant? ClosedAt { get; private set; }

    /// <summary>SHA-256 of the minutes that were signed, in hex; null before.</summary>
    public string? MinutesHash { get; private set; }

    /// <summary>Who signed.</summary>
    public ImmutableArray<MinutesSignature> Signatures { get; private set; } = [];

    /// <summary>Corrections of the signed minutes.</summary>
    public ImmutableArray<MinutesCorrection> Corrections { get; private set; } = [];

    /// <summary>The next date at which a task becomes overdue; null where none can.</summary>
    public Instant? NextClock { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"conference/{Id}";

    /// <summary>An item by its number; null where there is none.</summary>
    public AgendaItem? Item(int number) => Items.FirstOrDefault(i => i.Number == number);

    /// <summary>A task by its number; null where there is none.</summary>
    public ConferenceTask? Task(int number) => Tasks.FirstOrDefault(t => t.Number == number);

    /// <summary>For whom somebody sits: for their member; who works for the centre and belongs to none, for the joint office.</summary>
    /// <param name="actor">Who.</param>
    public MemberCode? SeatOf(Actor actor) => actor.Member ?? (Roles.Centre.Any(actor.Is) ? Participants.FirstOrDefault(p => p.Sector == Sector.JointOffice)?.Member : null);

    /// <summary>Whether a member is asked to it.</summary>
    public bool Asks(MemberCode member) => Participants.Any(p => p.Member == member);

    /// <inheritdoc/>
    protected override void Fold(ConferenceEvent happened)
    {
        switch (happened)
        {
            case ConferenceConvened e:
                (Id, Number, Title, SitsAt, Place, Urgent, Terms, Participants) = (e.Conference, e.Number, e.Title, e.SitsAt, e.Place, e.Urgent, e.Terms, e.Participants);
                (Items, ConvenedAt, ConvenedBy, State) = (e.Items, e.At, e.By, ConferenceState.Convened);
                Invited = $";{string.Join(';', e.Participants.Select(p => p.Member))};";
                break;
            case ConferenceOpened e:
                (State, OpenedAt, Chair, Present) = (ConferenceState.Open, e.At, e.By, e.Present);
                break;
            case ConferenceClosed e:
                (State, ClosedAt) = (ConferenceState.Closed, e.At);
                break;
            case MinutesSigned e:
                (MinutesHash, Signatures) = (e.Hash, Signatures.Add(new MinutesSignature(e.By, e.At)));
                if (Signatures.Length == ConferenceRules.Signatures) State = ConferenceState.Minuted;
                break;
            case MinutesCorrected e:
                Corrections = Corrections.Add(new MinutesCorrection(e.Correction, e.Text, e.By, e.At));
                break;
            default:
                FoldAgenda(happened);
                FoldTasks(happened);
                break;
        }
    }

    private void FoldAgenda(ConferenceEvent happened)
    {
        switch (happened)
        {
            case ItemAdded e:
                Items = Items.Add(e.Item);
                break;
            case ItemStruck e:
                Change(e.Item, i => i with { Struck = e.Reason });
                break;
            case PositionGiven e:
                Change(e.Item, i => i with { Positions = i.Positions.Add(e.Position) });
                break;
            case ResolutionProposed e:
                // One that nobody voted on is replaced; one that was voted down stays beside the new one.
                Change(e.Item, i => i with
                {
                    Resolutions = (i.Current is { Adopted: null } ? i.Resolutions.RemoveAt(i.Resolutions.Length - 1) : i.Resolutions).Add(new Resolution(e.Text, e.At, e.By, [], null, null)),
                });
                break;
            case VoteCast e:
                Current(e.Item, r => r with { Votes = [.. r.Votes.Where(v => v.Member != e.Vote.Member), e.Vote] });
                break;
            case ResolutionDecided e:
                Current(e.Item, r => r with { Adopted = e.Adopted, DecidedAt = e.At });
                break;
        }
    }

    private void FoldTasks(ConferenceEvent happened)
    {
        switch (happened)
        {
            case TaskSet e:
                Tasks = Tasks.Add(new ConferenceTask(e.Task, e.Item, e.Owner, e.What, e.Due, null, null, null, null, null, null, null));
                break;
            case TaskDone e:
                Change(e.Task, t => t with { Note = e.Note, DoneBy = e.By, DoneAt = e.At, Returned = null });
                break;
            case TaskAccepted e:
                Change(e.Task, t => t with { AcceptedBy = e.By, AcceptedAt = e.At });
                break;
            case TaskReturned e:
                Change(e.Task, t => t with { DoneAt = null, DoneBy = null, Returned = e.Reason });
                break;
            case TaskOverdue e:
                Change(e.Task, t => t with { OverdueAt = e.At });
                break;
        }
        NextClock = Tasks.Where(t => t is { DoneAt: null, OverdueAt: null }).Select(t => (Instant?)t.Due).Min();
    }

    private void Current(int item, Func<Resolution, Resolution> change) => Change(item, i => i with { Resolutions = i.Resolutions.SetItem(i.Resolutions.Length - 1, change(i.Current!)) });

    private void Change(int number, Func<AgendaItem, AgendaItem> change) => Items = [.. Items.Select(i => i.Number == number ? change(i) : i)];

    private void Change(int number, Func<ConferenceTask, ConferenceTask> change) => Tasks = [.. Tasks.Select(t => t.Number == number ? change(t) : t)];
}

internal sealed class ConferenceTable : IEntityTypeConfiguration<Conference>
{
    public void Configure(EntityTypeBuilder<Conference> builder)
    {
        builder.ToTable("Conferences");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.Stream);
        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => c.NextClock);
        RectificationTable.Json(builder.Property(c => c.Terms));
        RectificationTable.Json(builder.Property(c => c.Participants));
        RectificationTable.Json(builder.Property(c => c.Items));
        RectificationTable.Json(builder.Property(c => c.Present));
        RectificationTable.Json(builder.Property(c => c.Tasks));
        RectificationTable.Json(builder.Property(c => c.Signatures));
        RectificationTable.Json(builder.Property(c => c.Corrections));
    }
}
