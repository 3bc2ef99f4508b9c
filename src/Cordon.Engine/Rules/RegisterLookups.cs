using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>Times of lines and accounts, as numbers for slots. What was never told has no age, see <see cref="Untold"/>.</summary>
internal static class RegisterLookups
{
    public static Func<EngineKnowledge, PhoneNumber, Instant, long> OfLine(ReadKind read) => read == ReadKind.LineSince
        ? static (known, line, _) => known.Lines.Facts(line)?.Since ?? Untold.Moment
        : static (known, line, at) => known.Lines.Facts(line) is { } facts ? Math.Max(0, at.Micros - facts.Since) : Untold.Span;

    public static Func<EngineKnowledge, AccountNumber, Instant, long> OfAccount(ReadKind read, SignalKind kind) => read switch
    {
        ReadKind.AccountSince => static (known, account, _) => known.Accounts.Facts(account)?.Standing is { } facts ? facts.Since : Untold.Moment,
        ReadKind.AccountAge => static (known, account, at) => known.Accounts.Facts(account)?.Standing is { } facts ? Math.Max(0, at.Micros - facts.Since) : Untold.Span,
        // A transfer has already moved the account it touches: what counts is the time before it.
        _ when kind == SignalKind.Transfer => static (known, account, at) => known.Accounts.Facts(account) is { } facts ? Idle(facts, facts.MovedBefore, at) : Untold.Span,
        _ => static (known, account, at) => known.Accounts.Facts(account) is { } facts ? Idle(facts, facts.MovedAt, at) : Untold.Span,
    };

    // An account on which nothing ever moved is idle since its opening.
    private static long Idle(AccountFacts facts, long moved, Instant at)
    {
        if (moved != long.MinValue) return Math.Max(0, at.Micros - moved);
        return facts.Standing is { } standing ? Math.Max(0, at.Micros - standing.Since) : Untold.Span;
    }
}
