using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restrictions;

/// <summary>The guards of a restriction: pure, in ladders, the first failing rung answers.</summary>
internal static class RestrictionRules
{
    public const int ReasonLength = 2_000;
    public const int MostEvidence = 50;
    private const int ShortLength = 500;
    private const int HowLength = 200;
    private const int MostCounted = 100_000;
    private const int RecordLength = 200;

    /// <summary>Judges a command.</summary>
    /// <param name="state">The restriction; a new one where the person has none.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="terms">The terms of the pack.</param>
    /// <param name="offset">The clock of the jurisdiction.</param>
    /// <param name="facts">What else is known.</param>
    public static Decision<RestrictionEvent> Decide(
        Restriction state, RestrictionCommand command, Actor actor, Instant now, RestrictionTerms terms, TimeSpan offset, RestrictionFacts facts) => command switch
    {
        ProposeRestriction c => Propose(state, c, actor, now, terms, offset, facts),
        ApproveRestriction => Approve(state, actor, now, terms, offset, facts),
        RefuseRestriction c => Refuse(state, c, actor, now, terms, facts),
        LiftRestriction c => Lift(state, c, actor, now, terms, facts),
        KeepForLiving c => Keep(state, c, actor, now, terms, facts),
        ServeNotice c => Serve(state, c, actor, now, terms, facts),
        ConfirmRestriction => Confirm(state, actor, now),
        TickRestriction => Tick(state, now, terms, facts),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>What is wrong with a record of evidence; null where nothing is.</summary>
    public static bool IsRecord(string record)
    {
        var colon = record.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || record.Length is 0 or > RecordLength || record.Any(char.IsControl)) return false;
        var rest = record[(colon + 1)..];
        return record[..colon] switch
        {
            "case" or "finding" or "order" => Guid.TryParseExact(rest, "D", out _),
            "signal" => rest.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && MemberCode.TryParse(rest.AsSpan(0, slash), out _) && rest.Length > slash + 1,
            "line" => PhoneNumber.TryParse(rest, out var line) && line.ToString() == rest,
            "account" => AccountNumber.TryParse(rest, out var account) && account.ToString() == rest,
            "document" => !string.IsNullOrWhiteSpace(rest),
            _ => false,
        };
    }

    private static Decision<RestrictionEvent> Propose(
        Restriction state, ProposeRestriction command, Actor actor, Instant now, RestrictionTerms terms, TimeSpan offset, RestrictionFacts facts)
    {
        if (Competence(actor, terms, facts) is { } notCompetent) return notCompetent;
        if (terms.Find(command.Ground) is not { } ground) return RestrictionRefusal.UnknownGround(terms);
        if (TooLow(ground, facts) is { } tooLow) return tooLow;
        if (!PersonToken.TryParse(command.Person, out var person) || person.ToString() != command.Person) return RestrictionRefusal.BadPerson;
        if (!IsText(command.Reason, ReasonLength)) return RestrictionRefusal.NoReason;
        if (new[] { command.Items, command.Times, command.Buyers }.Any(n => n is < 0 or > MostCounted)) return RestrictionRefusal.BadCount;
        if (Unproven(command, ground, facts) is { } unproven) return unproven;
        if (ground.Counts is { } least && Math.Max(command.Items, Math.Max(command.Times, command.Buyers)) < least) return RestrictionRefusal.TooFew(least);
        if (command.Keeps is { } keeps && command.Evidence.Contains($"account:{keeps}")) return RestrictionRefusal.LivingSold;
        if (!facts.Holds) return RestrictionRefusal.LivingNotHeld;
        var given = new GroundGiven(now, ground.Id, ground.Years, command.Reason.Trim(), command.Items, command.Times, command.Buyers, command.Evidence, facts.Authority!.Value, actor.Id);
        if (facts.IsNew) return given;
        if (state.Waiting is not null) return RestrictionRefusal.Waits;
        return terms.Extended(state.BeginsAt!.Value, state.EndsAt!.Value, ground.Years, offset) <= state.EndsAt ? RestrictionRefusal.AtMost(terms.MostYears) : given;
    }

    private static Refusal? Unproven(ProposeRestriction command, RestrictionGround ground, RestrictionFacts facts)
    {
        if (command.Evidence.IsDefaultOrEmpty || command.Evidence.Length > MostEvidence) return RestrictionRefusal.NoEvidence;
        if (command.Evidence.FirstOrDefault(e => e is null || !IsRecord(e)) is { } bad) return RestrictionRefusal.BadEvidence(bad);
        if (facts.Missing is { } missing) return RestrictionRefusal.BadEvidence(missing);
        if (ground.Kind == GroundKind.Conviction) return command.Evidence.Any(e => e.StartsWith("document:", StringComparison.Ordinal)) ? null : RestrictionRefusal.NoJudgment;
        return command.Evidence.Any(e => e.StartsWith("line:", StringComparison.Ordinal) || e.StartsWith("account:", StringComparison.Ordinal)) ? null : RestrictionRefusal.NothingSold;
    }

    private static Decision<RestrictionEvent> Approve(Restriction state, Actor actor, Instant now, RestrictionTerms terms, TimeSpan offset, RestrictionFacts facts)
    {
        if (Competence(actor, terms, facts) is { } notCompetent) return notCompetent;
        if (state.Waiting is not { } waiting) return state.Grounds is [.., var last] && last.Approver == actor.Id ? Decision<RestrictionEvent>.Nothing : RestrictionRefusal.NothingWaits;
        if (terms.Find(waiting.Ground) is { } ground && TooLow(ground, facts) is { } tooLow) return tooLow;
        if (waiting.Issuer == actor.Id) return RestrictionRefusal.SamePerson;
        if (waiting.Authority != facts.Authority) return RestrictionRefusal.OtherAuthority;
        if (state.BeginsAt is not null && state.StateAt(now) != RestrictionState.InForce) return RestrictionRefusal.Over;
        if (terms.NoticePrecedes && state.ServedAt is null) return RestrictionRefusal.NoticeFirst;
        return new RestrictionApproved(
            now, state.BeginsAt is { } begins ? terms.Extended(begins, state.EndsAt!.Value, waiting.Years, offset) : RestrictionTerms.EndOf(now, waiting.Years, offset), actor.Id);
    }

    private static Decision<RestrictionEvent> Refuse(Restriction state, RefuseRestriction command, Actor actor, Instant now, RestrictionTerms terms, RestrictionFacts facts)
    {
        if (Competence(actor, terms, facts) is { } notCompetent) return notCompetent;
        if (state.Waiting is not { } waiting) return RestrictionRefusal.NothingWaits;
        if (waiting.Authority != facts.Authority) return RestrictionRefusal.OtherAuthority;
        return IsText(command.Reason, ShortLength) ? new GroundRefused(now, command.Reason.Trim(), actor.Id) : RestrictionRefusal.NoShortReason;
    }

    private static Decision<RestrictionEvent> Lift(Restriction state, LiftRestriction command, Actor actor, Instant now, RestrictionTerms terms, RestrictionFacts facts)
    {
        if (OfAuthority(state, actor, now, terms, facts) is { } refused) return refused;
        return IsText(command.Reason, ShortLength) ? new RestrictionLifted(now, command.Reason.Trim(), actor.Id, null) : RestrictionRefusal.NoShortReason;
    }

    private static Decision<RestrictionEvent> Keep(Restriction state, KeepForLiving command, Actor actor, Instant now, RestrictionTerms terms, RestrictionFacts facts)
    {
        if (OfAuthority(state, actor, now, terms, facts) is { } refused) return refused;
        if (command.Keeps is { } keeps && state.Grounds.Any(g => g.Refused is null && g.Evidence.Contains($"account:{keeps}"))) return RestrictionRefusal.LivingSold;
        if (!facts.Holds) return RestrictionRefusal.LivingNotHeld;
        return state.Keeps == command.Keeps ? Decision<RestrictionEvent>.Nothing : new LivingKept(now, command.Keeps, actor.Id);
    }

    private static Decision<RestrictionEvent> Serve(Restriction state, ServeNotice command, Actor actor, Instant now, RestrictionTerms terms, RestrictionFacts facts)
    {
        var applies = actor.IsPerson && actor.Member is { } own && state.At(own) is not null;
        if (!applies && Competence(actor, terms, facts) is { } notCompetent) return notCompetent;
        if (!applies && (facts.Authority is not { } authority || !state.IsOf(authority))) return RestrictionRefusal.OtherAuthority;
        if (state.BeginsAt is null && !(terms.NoticePrecedes && state.State == RestrictionState.Proposed)) return RestrictionRefusal.NotInForce;
        if (state.ServedAt is not null) return RestrictionRefusal.ServedBefore;
        return IsText(command.How, HowLength) ? new NoticeServed(now, command.How.Trim(), actor.Id) : RestrictionRefusal.NoHow;
    }

    private static Decision<RestrictionEvent> Confirm(Restriction state, Actor actor, Instant now)
    {
        if (actor.Member is not { } own || state.At(own) is not { } standing) return RestrictionRefusal.NotFound;
        if (state.StateAt(now) == RestrictionState.InForce) return standing.AppliedAt is null ? new RestrictionApplied(now, own, actor.Id) : Decision<RestrictionEvent>.Nothing;
        return standing.LetGoAt is null ? new RestrictionLetGo(now, own, actor.Id) : Decision<RestrictionEvent>.Nothing;
    }

    private static Decision<RestrictionEvent> Tick(Restriction state, Instant now, RestrictionTerms terms, RestrictionFacts facts)
    {
        if (state.State != RestrictionState.InForce) return Decision<RestrictionEvent>.Nothing;
        if (now >= state.EndsAt) return new RestrictionExpired(now);
        return Decision<RestrictionEvent>.Of([.. facts.Customers.Where(m => state.At(m) is null).Select(m => new RestrictionReached(now, m, now + TimeSpan.FromHours(terms.ApplyHours)))]);
    }

    private static Refusal? OfAuthority(Restriction state, Actor actor, Instant now, RestrictionTerms terms, RestrictionFacts facts)
    {
        if (Competence(actor, terms, facts) is { } notCompetent) return notCompetent;
        if (facts.Authority is not { } authority || !state.IsOf(authority)) return RestrictionRefusal.OtherAuthority;
        return state.StateAt(now) == RestrictionState.InForce ? null : RestrictionRefusal.NotInForce;
    }

    private static Refusal? Competence(Actor actor, RestrictionTerms terms, RestrictionFacts facts) =>
        actor.IsPerson && facts.Authority is not null && terms.Authorities.Any(a => a.Sectors.Contains(facts.Sector) && actor.Is(a.Role)) ? null : RestrictionRefusal.NotCompetent;

    // The enumeration begins at the top: a province ranks before a city.
    private static Refusal? TooLow(RestrictionGround ground, RestrictionFacts facts) =>
        facts.Level is { } level && level <= ground.Level ? null : RestrictionRefusal.LevelTooLow(ground.Level);

    private static bool IsText(string? text, int most) => text?.Trim().Length is > 0 and var length && length <= most;
}

/// <summary>Every way a command about restrictions can be refused.</summary>
internal static class RestrictionRefusal
{
    public static readonly Refusal NotFound = new("restriction/not-found", RefusalKind.NotFound,
        "There is no such restriction, or it does not concern a customer of yours.", "List the restrictions.");

    public static readonly Refusal NotCompetent = new("restriction/not-competent", RefusalKind.Forbidden,
        "Police find who sold lines and accounts, and restrict them: an officer signed in who acts for an authority of the pack.", "Leave it to police.");

    public static readonly Refusal BadPerson = new("restriction/bad-person", RefusalKind.Invalid,
        "A person is named by a token alone, p1- and 32 small hexadecimal digits; an identity number is never sent.", "Send the token that signals carry.");

    public static readonly Refusal NoReason = new("restriction/no-reason", RefusalKind.Invalid,
        "What the person did is said in 1 to 2,000 characters.", "Send reason.");

    public static readonly Refusal NoShortReason = new("restriction/no-short-reason", RefusalKind.Invalid,
        "Why is said in 1 to 500 characters.", "Send reason.");

    public static readonly Refusal NoHow = new("restriction/no-how", RefusalKind.Invalid,
        "How the notice was handed over is said in 1 to 200 characters.", "Send how.");

    public static readonly Refusal BadCount = new("restriction/bad-count", RefusalKind.Invalid,
        "Items, times and buyers are whole numbers from 0 to 100,000.", "Correct them.");

    public static readonly Refusal NoEvidence = new("restriction/no-evidence", RefusalKind.Invalid,
        "A ground rests on 1 to 50 records.", "Send evidence.");

    public static readonly Refusal NothingSold = new("restriction/nothing-sold", RefusalKind.AgainstRule,
        "A finding names what was sold, let, lent or opened.", "Add a record such as line:+8613300010000 or account:bank-a:6222.");

    public static readonly Refusal NoJudgment = new("restriction/no-judgment", RefusalKind.AgainstRule,
        "A conviction rests on a judgment.", "Add a record such as document: with the number of the judgment.");

    public static readonly Refusal LivingSold = new("restriction/living-sold", RefusalKind.AgainstRule,
        "What was sold does not stay for living.", "Name another account.");

    public static readonly Refusal LivingNotHeld = new("restriction/living-not-held", RefusalKind.AgainstRule,
        "The account that is to stay for living is not known as this person's.", "Name an account that the bank told of as the person's.");

    public static readonly Refusal Waits = new("restriction/waits", RefusalKind.Conflict,
        "A ground against this person waits for a second officer.", "Have it approved or refused first.");

    public static readonly Refusal NothingWaits = new("restriction/nothing-waits", RefusalKind.Conflict,
        "No ground waits for a second officer.", "Load it again.");

    public static readonly Refusal SamePerson = new("restriction/same-person", RefusalKind.Forbidden,
        "Who put a ground forward does not approve it.", "Ask another officer of the same authority.");

    public static readonly Refusal OtherAuthority = new("restriction/other-authority", RefusalKind.Forbidden,
        "Another authority put this forward.", "Leave it to that authority.");

    public static readonly Refusal Over = new("restriction/over", RefusalKind.Conflict,
        "The term that was to be prolonged is over.", "Refuse this ground, and propose anew on it.");

    public static readonly Refusal NotInForce = new("restriction/not-in-force", RefusalKind.Conflict,
        "The restriction is not in force.", "Load it again.");

    public static readonly Refusal NoticeFirst = new("restriction/notice-first", RefusalKind.AgainstRule,
        "The person is told before the restriction is approved.", "Hand the notice over, and say how.");

    public static readonly Refusal ServedBefore = new("restriction/served-before", RefusalKind.Conflict,
        "The notice was handed over already.", "Load it again.");

    public static Refusal UnknownGround(RestrictionTerms terms) => new("restriction/unknown-ground", RefusalKind.Invalid,
        $"The pack has these grounds: {string.Join(", ", terms.Grounds.Select(g => g.Id))}.", "Send one of them.");

    public static Refusal LevelTooLow(RegionLevel level) => new("restriction/level-too-low", RefusalKind.Forbidden,
        $"This ground is found by police of a {Duties.Words.Of(level)} or above.", "Leave it to the authority above.");

    public static Refusal TooFew(int least) => new("restriction/too-few", RefusalKind.AgainstRule,
        $"This ground wants {least} items, times or buyers.", "Count again, or name a ground that has no number.");

    public static Refusal BadEvidence(string record) => new("restriction/bad-evidence", RefusalKind.Invalid,
        $"'{(record.Length > 80 ? record[..80] + "…" : record)}' is no record that Cordon has: case:, finding: or order: with an id, signal:member/id, line:+86…, account:member:number or document: with its number.",
        "Correct it.");

    public static Refusal AtMost(int years) => new("restriction/at-most", RefusalKind.AgainstRule,
        $"The restriction lasts {years} years on end already, which is the most.", "A ground found after its end restricts anew.");
}
