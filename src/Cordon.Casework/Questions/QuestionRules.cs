using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Questions;

/// <summary>A command to a question.</summary>
public abstract record QuestionCommand;

/// <summary>The member answers.</summary>
/// <param name="Value">One of the values of what is asked.</param>
/// <param name="Words">What it adds, up to 2,000 characters.</param>
/// <param name="Records">Its records that show it, 1 to 20 of 1 to 200 characters.</param>
public sealed record AnswerQuestion(string Value, string? Words, ImmutableArray<string> Records) : QuestionCommand;

/// <summary>Other records tell it. For Cordon itself.</summary>
internal sealed record NoteTold : QuestionCommand;

/// <summary>The case does not hang on it any more. For Cordon itself.</summary>
internal sealed record WithdrawQuestion : QuestionCommand;

/// <summary>The clock is looked at. For Cordon itself.</summary>
internal sealed record TickQuestion : QuestionCommand;

/// <summary>The guards of a question: pure, in ladders, the first failing rung answers.</summary>
public static class QuestionRules
{
    private const int WordsLength = 2_000;
    private const int MostRecords = 20;
    private const int RecordLength = 200;

    /// <summary>Judges a command.</summary>
    /// <param name="state">The question.</param>
    /// <param name="command">What is asked of it.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<QuestionEvent> Decide(Question state, QuestionCommand command, Actor actor, Instant now) => command switch
    {
        AnswerQuestion c => Answer(state, c, actor, now),
        NoteTold => state.State == QuestionState.Asked ? new QuestionTold(now) : Decision<QuestionEvent>.Nothing,
        WithdrawQuestion => state.State == QuestionState.Asked ? new QuestionWithdrawn(now) : Decision<QuestionEvent>.Nothing,
        TickQuestion => state is { State: QuestionState.Asked, OverdueAt: null } && now > state.AnswerBy ? new QuestionOverdue(now) : Decision<QuestionEvent>.Nothing,
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    // An answer that comes late still tells what was asked; that it was late stays.
    private static Decision<QuestionEvent> Answer(Question state, AnswerQuestion command, Actor actor, Instant now)
    {
        if (actor.Member != state.Member || !(actor.Is(Roles.MemberClerk) || actor.IsSystemOfMember)) return QuestionRefusal.NotTheMember;
        if (!QuestionCatalogue.Takes(state.About, command.Value)) return QuestionRefusal.BadValue(QuestionCatalogue.Expected(state.About));
        if (command.Words is { Length: > WordsLength }) return QuestionRefusal.LongWords;
        if (command.Records.IsDefaultOrEmpty || command.Records.Length > MostRecords || command.Records.Any(r => string.IsNullOrWhiteSpace(r) || r.Length > RecordLength))
            return QuestionRefusal.NoRecords;
        if (state.State == QuestionState.Answered)
            return state.Value == command.Value && state.Words == command.Words && state.Records.SequenceEqual(command.Records)
                ? Decision<QuestionEvent>.Nothing
                : QuestionRefusal.AnsweredAlready;
        if (state.State != QuestionState.Asked) return QuestionRefusal.Ended;
        return new QuestionAnswered(now, actor.Id, command.Value, command.Words, command.Records);
    }
}

/// <summary>Every way a command to a question can be refused.</summary>
internal static class QuestionRefusal
{
    public static readonly Refusal NotFound = new("question/not-found", RefusalKind.NotFound,
        "There is no such question, or it is not yours to see.", "Check the id against the list of questions.");

    public static readonly Refusal NotTheMember = new("question/not-the-member", RefusalKind.Forbidden,
        "Only the member that is asked answers.", "Sign in for that member.");

    public static readonly Refusal LongWords = new("question/long-words", RefusalKind.Invalid,
        "What an answer adds in words is 2,000 characters at most.", "Shorten words; name longer papers among the records.");

    public static readonly Refusal NoRecords = new("question/no-records", RefusalKind.Invalid,
        "An answer names 1 to 20 records that show it, of 1 to 200 characters each.", "Send records: where the contract, the log or the check is kept.");

    public static readonly Refusal AnsweredAlready = new("question/answered", RefusalKind.Conflict,
        "The question was answered otherwise already.", "Tell the right fact as a signal; it is judged with the next following of the case.");

    public static readonly Refusal Ended = new("question/ended", RefusalKind.Conflict,
        "The question ended: other records told it, or the case does not hang on it any more.", "Nothing is owed under it.");

    public static Refusal BadValue(string expected) => new("question/bad-value", RefusalKind.Invalid,
        $"The value does not answer the question: it must be {expected}.", "Send such a value.");
}
