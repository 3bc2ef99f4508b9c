using Cordon.Casework.Duties;

namespace Cordon.Casework.Liability;

/// <summary>Whether a model applies at all.</summary>
internal static class Circumstances
{
    /// <summary>
    /// True where it applies, false where it does not, null where that is not known. One circumstance that is shown
    /// decides, whatever is unknown beside it.
    /// </summary>
    public static bool? Applies(LiabilityDraft draft)
    {
        var excludes = draft.Terms!.Excludes;
        foreach (var exclusion in excludes)
            if (Of(draft.Facts, exclusion) is { Is: true } shown)
            {
                Say(draft, exclusion, shown);
                return false;
            }
        var known = true;
        foreach (var exclusion in excludes)
        {
            if (Of(draft.Facts, exclusion) is { } shown) Say(draft, exclusion, shown);
            else
            {
                known = false;
                Ask(draft, exclusion);
            }
        }
        return known ? true : null;
    }

    /// <summary>What is known of it, spared where the customer is vulnerable; null where that is not known.</summary>
    private static ShownFact? Of(LiabilityFacts facts, LiabilityExclusion exclusion)
    {
        var fact = Fact(facts, exclusion.When);
        if (fact is not { Is: true } || !exclusion.UnlessVulnerable) return fact;
        return facts.Vulnerable is { } vulnerable ? new ShownFact { Is = !vulnerable.Is, Evidence = [.. fact.Evidence, .. vulnerable.Evidence] } : null;
    }

    private static ShownFact? Fact(LiabilityFacts facts, Circumstance circumstance) => circumstance switch
    {
        Circumstance.Authorised => facts.Authorised,
        Circumstance.Unauthorised => facts.Authorised is { } a ? a with { Is = !a.Is } : null,
        Circumstance.Malware => facts.Malware,
        Circumstance.FirstPartyFraud => facts.FirstPartyFraud,
        _ => facts.GrossNegligence,
    };

    private static void Say(LiabilityDraft draft, LiabilityExclusion exclusion, ShownFact shown)
    {
        var (zh, en) = Wording(exclusion.When, shown.Is);
        var spared = !shown.Is && Fact(draft.Facts, exclusion.When) is { Is: true };
        if (spared) (zh, en) = ("客户有重大过失，但属弱势客户，不因此免赔", "The customer was grossly negligent but is vulnerable, and that does not count");
        draft.Say(
            shown.Is ? $"{zh}，故本模式不适用，损失依其他法律处理。" : $"{zh}。",
            shown.Is ? $"{en}; so the model does not apply, and other law decides on the loss." : $"{en}.",
            [exclusion.Source], [Name(exclusion.When), .. shown.Evidence]);
    }

    private static void Ask(LiabilityDraft draft, LiabilityExclusion exclusion)
    {
        var spared = exclusion.UnlessVulnerable && Fact(draft.Facts, exclusion.When) is { Is: true };
        var (about, zh, en) = spared
            ? ("facts:vulnerable", "客户是否属弱势客户？", "Is the customer vulnerable?")
            : (Name(exclusion.When), Question(exclusion.When).Zh, Question(exclusion.When).En);
        foreach (var sending in draft.Covered.Select(p => p.Sending).Distinct().OrderBy(m => m?.ToString(), StringComparer.Ordinal))
            draft.Ask(sending, about, null, zh, en);
    }

    private static string Name(Circumstance circumstance) => circumstance switch
    {
        Circumstance.Authorised or Circumstance.Unauthorised => "facts:authorised",
        Circumstance.Malware => "facts:malware",
        Circumstance.FirstPartyFraud => "facts:firstPartyFraud",
        _ => "facts:grossNegligence",
    };

    private static Wording Question(Circumstance circumstance) => circumstance switch
    {
        Circumstance.Authorised or Circumstance.Unauthorised => new Wording("付款是否由客户本人授权？", "Did the customer order the payments?"),
        Circumstance.Malware => new Wording("付款是否由恶意软件作出？", "Did malicious software make the payments?"),
        Circumstance.FirstPartyFraud => new Wording("客户是否参与诈骗？", "Did the customer take part in the fraud?"),
        _ => new Wording("客户是否有重大过失？", "Was the customer grossly negligent?"),
    };

    private static (string Zh, string En) Wording(Circumstance circumstance, bool holds) => (circumstance, holds) switch
    {
        (Circumstance.Authorised, true) or (Circumstance.Unauthorised, false) => ("付款系客户本人授权", "The customer ordered the payments"),
        (Circumstance.Authorised, false) or (Circumstance.Unauthorised, true) => ("付款并非客户本人授权", "The customer did not order the payments"),
        (Circumstance.Malware, true) => ("付款由恶意软件作出", "Malicious software made the payments"),
        (Circumstance.Malware, false) => ("付款并非由恶意软件作出", "No malicious software made the payments"),
        (Circumstance.FirstPartyFraud, true) => ("客户参与诈骗", "The customer took part in the fraud"),
        (Circumstance.FirstPartyFraud, false) => ("客户未参与诈骗", "The customer took no part in the fraud"),
        (_, true) => ("客户有重大过失", "The customer was grossly negligent"),
        _ => ("客户无重大过失", "The customer was not grossly negligent"),
    };
}
