using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>Times of lines and accounts, as numbers for slots. What was never told has no age, see <see cref="Untold"/>.</summary>
internal static class RegisterLookups
{
    public static Func<EngineKnowledge, PhoneNumber, Instant, long> OfLine(ReadKind read) => read == ReadKind.LineSince
        ? static (known, line, _) => known.Lines.TryFind(line, out var facts) ? facts.Since : Untold.Moment
        : static (known, line, at) => known.Lines.TryFind(line, out var facts) ? Between(facts.Since, at) : Untold.Span;

    public static Func<EngineKnowledge, AccountNumber, Instant, long> OfAccount(ReadKind read, SignalKind kind) => read switch
    {
        ReadKind.AccountSince => static (known, account, _) => known.Accounts.TryFind(account, out var facts) && facts.Opening is not null ? facts.Since : Untold.Moment,
        ReadKind.AccountAge => static (known, account, at) => known.Accounts.TryFind(account, out var facts) && facts.Opening is not null ? Between(facts.Since, at) : Untold.Span,
        // A transfer has already moved the account it touches: what counts is the time before it.
        _ when kind == SignalKind.Transfer => static (known, account, at) => known.Accounts.TryFind(account, out var facts) ? Idle(facts, facts.MovedBefore, at) : Untold.Span,
        _ => static (known, account, at) => known.Accounts.TryFind(account, out var facts) ? Idle(facts, facts.MovedAt, at) : Untold.Span,
    };

    // A span of the language is 292 years at most, and members may tell of older times by mistake.
    private static long Between(long since, Instant at) => Math.Clamp(at.Micros - since, 0, long.MaxValue / 1000);

    // An account on which nothing ever moved is idle since its opening.
    private static long Idle(in AccountFacts facts, long moved, Instant at)
    {
        if (moved != long.MinValue) return Between(moved, at);
        return facts.Opening is null ? Untold.Span : Between(facts.Since, at);
    }
}
