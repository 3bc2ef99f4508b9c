using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Conferences;

/// <summary>What can be asked of a conference.</summary>
public abstract record ConferenceCommand;

/// <summary>Put an item on the agenda. A supervisor.</summary>
/// <param name="Text">What it is about, 1 to 2,000 characters.</param>
/// <param name="Concerns">The member whose own matter it is.</param>
public sealed record AddItem(string Text, MemberCode? Concerns) : ConferenceCommand;

/// <summary>Strike an item that nothing was resolved on. A supervisor.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record StrikeItem(int Item, string Reason) : ConferenceCommand;

/// <summary>Give the position of one's department.</summary>
/// <param name="Item">To which item.</param>
/// <param name="Text">What, 1 to 4,000 characters.</param>
public sealed record GivePosition(int Item, string Text) : ConferenceCommand;

/// <summary>Open it. The supervisor who does so chairs it.</summary>
/// <param name="Present">Who is there, of those asked.</param>
public sealed record OpenConference(ImmutableArray<MemberCode> Present) : ConferenceCommand;

/// <summary>Put a resolution forward. A supervisor or somebody of a member that is there.</summary>
/// <param name="Item">On which item.</param>
/// <param name="Text">Its text, 1 to 4,000 characters.</param>
public sealed record ProposeResolution(int Item, string Text) : ConferenceCommand;

/// <summary>Vote for one's department; once more replaces the vote while the vote is open.</summary>
/// <param name="Item">On which item.</param>
/// <param name="Kind">How.</param>
/// <param name="Dissent">Why against, up to 2,000 characters.</param>
public sealed record CastVote(int Item, VoteKind Kind, string? Dissent) : ConferenceCommand;

/// <summary>Close a vote. The chair.</summary>
/// <param name="Item">On which item.</param>
public sealed record DecideResolution(int Item) : ConferenceCommand;

/// <summary>Set a task out of an adopted resolution. The chair.</summary>
/// <param name="Item">The item.</param>
/// <param name="Owner">Who does it, of those asked to the conference.</param>
/// <param name="What">What, 1 to 2,000 characters.</param>
/// <param name="Due">The first instant after its last day.</param>
public sealed record SetTask(int Item, MemberCode Owner, string What, Instant Due) : ConferenceCommand;

/// <summary>Say that a task is done. Somebody of its owner.</summary>
/// <param name="Task">Its number.</param>
/// <param name="Note">What was done and what shows it, 1 to 4,000 characters.</param>
public sealed record FinishTask(int Task, string Note) : ConferenceCommand;

/// <summary>Find a task done, or send it back. A supervisor who is not of its owner and did not say so.</summary>
/// <param name="Task">Its number.</param>
/// <param name="Accepted">Whether it is done.</param>
/// <param name="Reason">What is missing, 1 to 2,000 characters; null where it is done.</param>
public sealed record JudgeTask(int Task, bool Accepted, string? Reason) : ConferenceCommand;

/// <summary>Close it. The chair.</summary>
public sealed record CloseConference : ConferenceCommand;

/// <summary>Sign the minutes as they are. The chair and a second person of the centre.</summary>
/// <param name="Hash">SHA-256 of the minutes that were read, in hex.</param>
public sealed record SignMinutes(string Hash) : ConferenceCommand;

/// <summary>Correct signed minutes. A supervisor.</summary>
/// <param name="Text">What is to be read otherwise, 1 to 4,000 characters.</param>
public sealed record CorrectMinutes(string Text) : ConferenceCommand;

/// <summary>Look at the dates of tasks. Cordon itself.</summary>
internal sealed record TickConference : ConferenceCommand;

/// <summary>The guards of a conference: pure, in ladders, the first failing rung answers.</summary>
public static class ConferenceRules
{
    /// <summary>So many sign the minutes.</summary>
    public const int Signatures = 2;

    /// <summary>So many members can be asked to one.</summary>
    public const int MostParticipants = 200;

    /// <summary>So many items stand on one agenda; what is more waits for the next.</summary>
    public const int MostItems = 100;

    internal const int TitleLength = 200;
    private const int TextLength = 4_000;
    private const int ReasonLength = 2_000;
    private const int MostTasks = 500;

    /// <summary>Judges a command.</summary>
    /// <param name="state">The conference.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<ConferenceEvent> Decide(Conference state, ConferenceCommand command, Actor actor, Instant now) => command switch
    {
        AddItem c => Add(state, c, actor, now),
        StrikeItem c => Strike(state, c, actor, now),
        GivePosition c => Position(state, c, actor, now),
        OpenConference c => Open(state, c, actor, now),
        ProposeResolution c => Propose(state, c, actor, now),
        CastVote c => Cast(state, c, actor, now),
        DecideResolution c => Close(state, c, actor, now),
        SetTask c => Set(state, c, actor, now),
        FinishTask c => Finish(state, c, actor, now),
        JudgeTask c => Judge(state, c, actor, now),
        CloseConference => End(state, actor, now),
        SignMinutes c => Sign(state, c, actor, now),
        CorrectMinutes c => Correct(state, c, actor, now),
        TickConference => Decision<ConferenceEvent>.Of([.. state.Tasks.Where(t => t is { DoneAt: null, OverdueAt: null } && now >= t.Due).Select(t => new TaskOverdue(now, t.Number))]),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>Who may vote on an item: who is there and whose own matter it is not.</summary>
    public static IEnumerable<MemberCode> Voters(Conference state, AgendaItem item) => state.Present.Where(m => m != item.Concerns);

    /// <summary>Whether so many votes are enough to decide on an item.</summary>
    public static bool HasQuorum(Conference state, AgendaItem item, int votes) =>
        votes > 0 && votes * 100 >= state.Terms.QuorumPercent * state.Participants.Count(p => p.Member != item.Concerns);

    private static Decision<ConferenceEvent> Add(Conference state, AddItem command, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (!IsText(command.Text, ReasonLength)) return ConferenceRefusal.NoText;
        if (state.State is not (ConferenceState.Convened or ConferenceState.Open)) return ConferenceRefusal.Over;
        if (state.Items.Length >= MostItems) return ConferenceRefusal.FullAgenda;
        if (command.Concerns is { } member && !state.Asks(member)) return ConferenceRefusal.NotAsked;
        return new ItemAdded(now, new AgendaItem(state.Items.Length + 1, ItemOrigin.Added, "", command.Text, command.Text, command.Concerns, null, [], []), actor.Id);
    }

    private static Decision<ConferenceEvent> Strike(Conference state, StrikeItem command, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (!IsText(command.Reason, ReasonLength)) return ConferenceRefusal.NoText;
        if (Standing(state, command.Item, out var item) is { } refused) return refused;
        if (item.Concerns == actor.Member && item.Concerns is not null) return ConferenceRefusal.OwnMatter;
        return item.Resolutions.IsEmpty ? new ItemStruck(now, item.Number, command.Reason, actor.Id) : ConferenceRefusal.AlreadyMoved;
    }

    private static Decision<ConferenceEvent> Position(Conference state, GivePosition command, Actor actor, Instant now)
    {
        if (!IsOf(state, actor, out var member)) return ConferenceRefusal.NotAsked;
        if (!IsText(command.Text, TextLength)) return ConferenceRefusal.NoText;
        if (Standing(state, command.Item, out var item) is { } refused) return refused;
        if (item.Current is { Adopted: true }) return ConferenceRefusal.Decided;
        return item.Positions.LastOrDefault(p => p.Member == member)?.Text == command.Text
            ? Decision<ConferenceEvent>.Nothing
            : new PositionGiven(now, item.Number, new Position(member, command.Text, now, actor.Id));
    }

    private static Decision<ConferenceEvent> Open(Conference state, OpenConference command, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (state.State != ConferenceState.Convened) return ConferenceRefusal.WrongState;
        if (now < state.SitsAt) return ConferenceRefusal.TooEarly(state.SitsAt);
        var present = command.Present.IsDefault ? [] : command.Present.Distinct().OrderBy(m => m.ToString(), StringComparer.Ordinal).ToImmutableArray();
        if (present.IsEmpty || !present.All(state.Asks)) return ConferenceRefusal.NotAsked;
        return new ConferenceOpened(now, present, actor.Id);
    }

    private static Decision<ConferenceEvent> Propose(Conference state, ProposeResolution command, Actor actor, Instant now)
    {
        var isOf = IsOf(state, actor, out var member);
        if (!IsChair(actor) && !(isOf && state.Present.Contains(member))) return ConferenceRefusal.NotPresent;
        if (!IsText(command.Text, TextLength)) return ConferenceRefusal.NoText;
        if (Sitting(state, command.Item, out var item) is { } refused) return refused;
        if (item.Current is { Adopted: true }) return ConferenceRefusal.Decided;
        return item.Current is { Adopted: null, Votes.IsEmpty: false } ? ConferenceRefusal.VoteOpen : new ResolutionProposed(now, item.Number, command.Text, actor.Id);
    }

    private static Decision<ConferenceEvent> Cast(Conference state, CastVote command, Actor actor, Instant now)
    {
        if (!IsOf(state, actor, out var member) || !state.Present.Contains(member)) return ConferenceRefusal.NotPresent;
        if (command.Dissent is { Length: > ReasonLength }) return ConferenceRefusal.NoText;
        if (Sitting(state, command.Item, out var item) is { } refused) return refused;
        if (item.Concerns == member) return ConferenceRefusal.OwnMatter;
        if (item.Current is not { } current) return ConferenceRefusal.NothingMoved;
        if (current.Adopted is not null) return ConferenceRefusal.Decided;
        var dissent = string.IsNullOrWhiteSpace(command.Dissent) ? null : command.Dissent;
        if (dissent is not null && command.Kind != VoteKind.Against) return ConferenceRefusal.DissentWithoutVote;
        return current.Votes.Any(v => v.Member == member && v.Kind == command.Kind && v.Dissent == dissent)
            ? Decision<ConferenceEvent>.Nothing
            : new VoteCast(now, item.Number, new Vote(member, command.Kind, dissent, now, actor.Id));
    }

    private static Decision<ConferenceEvent> Close(Conference state, DecideResolution command, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (Sitting(state, command.Item, out var item) is { } refused) return refused;
        if (item.Concerns is not null && item.Concerns == actor.Member) return ConferenceRefusal.OwnMatter;
        if (item.Current is not { } current) return ConferenceRefusal.NothingMoved;
        if (current.Adopted is not null) return Decision<ConferenceEvent>.Nothing;
        if (!HasQuorum(state, item, current.Votes.Length)) return ConferenceRefusal.NoQuorum(state.Terms.QuorumPercent, current.Votes.Length, state.Participants.Count(p => p.Member != item.Concerns));
        var (pro, contra) = (current.Count(VoteKind.For), current.Count(VoteKind.Against));
        return new ResolutionDecided(now, item.Number, pro * 100 > state.Terms.MajorityPercent * (pro + contra), actor.Id);
    }

    private static Decision<ConferenceEvent> Set(Conference state, SetTask command, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (!IsText(command.What, ReasonLength)) return ConferenceRefusal.NoText;
        if (Sitting(state, command.Item, out var item) is { } refused) return refused;
        if (item.Concerns is not null && item.Concerns == actor.Member) return ConferenceRefusal.OwnMatter;
        if (item.Current is not { Adopted: true }) return ConferenceRefusal.NotAdopted;
        if (!state.Asks(command.Owner)) return ConferenceRefusal.NotAsked;
        if (command.Due <= now) return ConferenceRefusal.DueInThePast;
        return state.Tasks.Length >= MostTasks ? ConferenceRefusal.FullAgenda : new TaskSet(now, state.Tasks.Length + 1, item.Number, command.Owner, command.What, command.Due, actor.Id);
    }

    private static Decision<ConferenceEvent> Finish(Conference state, FinishTask command, Actor actor, Instant now)
    {
        if (state.Task(command.Task) is not { } task) return ConferenceRefusal.NoTask;
        if (!actor.IsPerson || state.SeatOf(actor) != task.Owner) return ConferenceRefusal.NotTheOwner;
        if (!IsText(command.Note, TextLength)) return ConferenceRefusal.NoText;
        return task.DoneAt is not null ? ConferenceRefusal.DoneAlready : new TaskDone(now, task.Number, command.Note, actor.Id);
    }

    private static Decision<ConferenceEvent> Judge(Conference state, JudgeTask command, Actor actor, Instant now)
    {
        if (state.Task(command.Task) is not { } task) return ConferenceRefusal.NoTask;
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (actor.Member == task.Owner) return ConferenceRefusal.OwnMatter;
        if (task.DoneAt is null) return ConferenceRefusal.NotDone;
        if (task.AcceptedAt is not null) return command.Accepted ? Decision<ConferenceEvent>.Nothing : ConferenceRefusal.DoneAlready;
        if (task.DoneBy == actor.Id) return ConferenceRefusal.SamePerson;
        if (command.Accepted) return new TaskAccepted(now, task.Number, actor.Id);
        return IsText(command.Reason, ReasonLength) ? new TaskReturned(now, task.Number, command.Reason!, actor.Id) : ConferenceRefusal.NoText;
    }

    private static Decision<ConferenceEvent> End(Conference state, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (state.State != ConferenceState.Open) return ConferenceRefusal.WrongState;
        // A vote that has its quorum is closed first; one that has not is left undecided, and the minutes say so.
        return state.Items.Any(i => i.Current is { Adopted: null } open && HasQuorum(state, i, open.Votes.Length)) ? ConferenceRefusal.VoteOpen : new ConferenceClosed(now, actor.Id);
    }

    private static Decision<ConferenceEvent> Sign(Conference state, SignMinutes command, Actor actor, Instant now)
    {
        if (!actor.IsPerson || !Roles.Centre.Any(actor.Is)) return ConferenceRefusal.NotCentre;
        if (state.State != ConferenceState.Closed) return ConferenceRefusal.WrongState;
        if (state.Signatures.Any(s => s.By == actor.Id)) return ConferenceRefusal.SamePerson;
        // Both sign one text: what the first signed is what the second signs.
        if (command.Hash != ConferenceMinutes.DigestOf(state)) return ConferenceRefusal.OtherMinutes;
        // One of the two is who chaired it.
        var others = state.Signatures.Count(s => s.By != state.Chair) + (actor.Id == state.Chair ? 0 : 1);
        return others >= Signatures ? ConferenceRefusal.ChairSigns : new MinutesSigned(now, command.Hash, actor.Id);
    }

    private static Decision<ConferenceEvent> Correct(Conference state, CorrectMinutes command, Actor actor, Instant now)
    {
        if (!IsChair(actor)) return ConferenceRefusal.NotSupervisor;
        if (state.State != ConferenceState.Minuted) return ConferenceRefusal.WrongState;
        return IsText(command.Text, TextLength) ? new MinutesCorrected(now, state.Corrections.Length + 1, command.Text, actor.Id) : ConferenceRefusal.NoText;
    }

    private static bool IsChair(Actor actor) => actor.IsPerson && actor.Is(Roles.Supervisor);

    private static bool IsOf(Conference state, Actor actor, out MemberCode member)
    {
        var seat = state.SeatOf(actor);
        member = seat ?? default;
        return actor.IsPerson && seat is not null && state.Asks(member);
    }

    private static Refusal? Standing(Conference state, int number, out AgendaItem item)
    {
        item = state.Item(number)!;
        if (state.State is not (ConferenceState.Convened or ConferenceState.Open)) return ConferenceRefusal.Over;
        return item is null ? ConferenceRefusal.NoItem : item.Struck is not null ? ConferenceRefusal.Struck : null;
    }

    private static Refusal? Sitting(Conference state, int number, out AgendaItem item) =>
        Standing(state, number, out item) ?? (state.State == ConferenceState.Open ? null : ConferenceRefusal.NotOpen);

    internal static bool IsText(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}

/// <summary>Every way a command to a conference can be refused.</summary>
internal static class ConferenceRefusal
{
    public static readonly Refusal NotFound = new("conference/not-found", RefusalKind.NotFound,
        "There is no such conference, or you are not asked to it.", "Check the id against the list of conferences.");

    public static readonly Refusal NotSupervisor = new("conference/not-supervisor", RefusalKind.Forbidden,
        "Only a supervisor convenes, chairs and closes a conference.", "Ask a supervisor.");

    public static readonly Refusal NotCentre = new("conference/not-centre", RefusalKind.Forbidden,
        "Only people of the centre sign the minutes.", "Ask who chaired it and a second person of the centre.");

    public static readonly Refusal NotAsked = new("conference/not-asked", RefusalKind.Forbidden,
        "That member is not asked to the conference.", "Name a member from the list of those asked.");

    public static readonly Refusal NotPresent = new("conference/not-present", RefusalKind.Forbidden,
        "Only people of members that are there propose and vote.", "Give a position beforehand instead.");

    public static readonly Refusal OwnMatter = new("conference/own-matter", RefusalKind.Forbidden,
        "Nobody judges a matter of their own member.", "Give your position; the others decide.");

    public static readonly Refusal SamePerson = new("conference/same-person", RefusalKind.Forbidden,
        "That takes a second person.", "Ask somebody else of the centre.");

    public static readonly Refusal ChairSigns = new("conference/chair-signs", RefusalKind.Forbidden,
        "One of the two signatures is that of who chaired it.", "Have the chair sign.");

    public static readonly Refusal NotTheOwner = new("conference/not-the-owner", RefusalKind.Forbidden,
        "Only somebody of the task's owner says that it is done.", "Sign in for that member.");

    public static readonly Refusal NoText = new("conference/no-text", RefusalKind.Invalid,
        "A text is missing or too long: 4,000 characters for positions, resolutions and notes, 2,000 for the others, 200 for titles and places.", "Send such a text.");

    public static readonly Refusal BadParticipants = new("conference/bad-participants", RefusalKind.Invalid,
        "2 to 200 enrolled members are asked to a conference.", "Send their codes, each once.");

    public static readonly Refusal DueInThePast = new("conference/due-in-the-past", RefusalKind.Invalid,
        "The date of a task lies ahead.", "Send a later date.");

    public static readonly Refusal DissentWithoutVote = new("conference/dissent-without-vote", RefusalKind.Invalid,
        "Dissent goes with a vote against.", "Vote against, or give a position.");

    public static readonly Refusal NoItem = new("conference/no-item", RefusalKind.NotFound,
        "There is no such item on the agenda.", "Load the conference again.");

    public static readonly Refusal NoTask = new("conference/no-task", RefusalKind.NotFound,
        "There is no such task.", "Load the conference again.");

    public static readonly Refusal Struck = new("conference/struck", RefusalKind.Conflict,
        "The item was struck.", "Have it put on the agenda again.");

    public static readonly Refusal AlreadyMoved = new("conference/already-moved", RefusalKind.Conflict,
        "A resolution was put forward on the item.", "Have it voted on.");

    public static readonly Refusal WrongState = new("conference/wrong-state", RefusalKind.Conflict,
        "The conference does not stand where that can be done.", "Load it again.");

    public static readonly Refusal NotOpen = new("conference/not-open", RefusalKind.Conflict,
        "The conference does not sit.", "Wait until it is opened.");

    public static readonly Refusal Over = new("conference/over", RefusalKind.Conflict,
        "The conference is over.", "Take it to the next one.");

    public static readonly Refusal NothingMoved = new("conference/nothing-moved", RefusalKind.Conflict,
        "No resolution was put forward on the item.", "Put one forward.");

    public static readonly Refusal Decided = new("conference/decided", RefusalKind.Conflict,
        "The item was decided.", "Load the conference again.");

    public static readonly Refusal VoteOpen = new("conference/vote-open", RefusalKind.Conflict,
        "A vote is open.", "Close the vote first.");

    public static readonly Refusal NotAdopted = new("conference/not-adopted", RefusalKind.Conflict,
        "A task carries out a resolution that was adopted.", "Have one adopted on the item first.");

    public static readonly Refusal DoneAlready = new("conference/done-already", RefusalKind.Conflict,
        "The task was done already.", "Load the conference again.");

    public static readonly Refusal NotDone = new("conference/not-done", RefusalKind.Conflict,
        "The owner has not said that the task is done.", "Wait for it, or take it to the next conference.");

    public static readonly Refusal OtherMinutes = new("conference/other-minutes", RefusalKind.Conflict,
        "The minutes are not those that you read.", "Load the minutes again and sign those.");

    public static readonly Refusal FullAgenda = new("conference/full", RefusalKind.AgainstRule,
        "A conference has at most 100 items and 500 tasks.", "Take the rest to the next one.");

    public static Refusal TooSoon(int days) => new("conference/too-soon", RefusalKind.AgainstRule,
        $"A conference is convened {days} days before it sits.", "Send a later time, or say in 'urgent' why it cannot wait.");

    public static Refusal TooEarly(Instant sits) => new("conference/too-early", RefusalKind.Conflict,
        $"It sits at {sits}.", "Open it then.");

    public static Refusal NoQuorum(int percent, int votes, int eligible) => new("conference/no-quorum", RefusalKind.AgainstRule,
        $"{votes} of {eligible} that may vote have voted; {percent}% must have.", "Wait for more votes, or take the item to the next conference.");
}
