using Cordon.Casework;
using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using CsCheck;
using static Cordon.Tests.Liability.FactsOf;

namespace Cordon.Tests.Liability;

/// <summary>What holds for any facts of Singapore and the United Kingdom.</summary>
public sealed class LiabilityProperties
{
    private static readonly Gen<Standing?> AnyStanding = Gen.Frequency(
        (6, Gen.Const((Standing?)Standing.Kept)), (2, Gen.Const((Standing?)Standing.Breached)), (1, Gen.Const((Standing?)Standing.Unknown)), (1, Gen.Const((Standing?)null)));

    private static readonly Gen<ShownFact?> Mostly = Gen.Frequency((8, Gen.Const((ShownFact?)No)), (1, Gen.Const((ShownFact?)Yes)), (1, Gen.Const((ShownFact?)null)));

    private static readonly Gen<long> Minor = Gen.OneOf(Gen.Long[1, 100], Gen.Long[1, 20_000_000], Gen.Long[1, 1_000_000_000_000_000]);

    private static readonly Gen<LiabilityFacts> AnySingapore =
        from sums in Minor.Array[1, 5]
        from days in Gen.Int[0, 700].Array[5]
        from banks in Gen.Int[0, 1].Array[5]
        from answers in AnyStanding.Array[4 * 5]
        from authorised in Mostly
        from malware in Mostly
        from won in Gen.Double[0, 1]
        select Answered(answers) with
        {
            At = At("2027-01-01T00:00:00Z"),
            Payments = [.. sums.Select((s, i) => Payment($"p{i}", At("2024-12-10T00:00:00Z") + TimeSpan.FromDays(days[i]), Of("SGD", s), banks[i] == 0 ? "bank-a" : "bank-b"))],
            Reported = Told("2026-12-31T00:00:00Z"),
            Papers = Told("2026-12-31T00:00:00Z"),
            Authorised = authorised,
            Malware = malware,
            Recovered = Won("SGD", sums, won),
        } into facts
        select InTime(facts);

    private static readonly Gen<LiabilityFacts> AnyKingdom =
        from sums in Minor.Array[1, 6]
        from receivers in Gen.Int[0, 2].Array[6]
        from negligent in Mostly
        from vulnerable in Gen.OneOf(Gen.Const((ShownFact?)Yes), Gen.Const((ShownFact?)No), Gen.Const((ShownFact?)null))
        from excess in Gen.Long[0, 20_000]
        from won in Gen.Double[0, 1]
        select Kingdom() with
        {
            Payments = [.. sums.Select((s, i) => Payment($"p{i}", At("2026-03-01T00:00:00Z") + TimeSpan.FromHours(i), Of("GBP", s), "bank-a", "bank-" + "abc"[receivers[i]]))],
            GrossNegligence = negligent,
            Vulnerable = vulnerable,
            Excess = new ShownSum { Amount = Of("GBP", Math.Min(excess, sums.Sum())), Evidence = ["note:5", "note:6"] },
            Recovered = Won("GBP", sums, won),
        };

    [Fact]
    public void Shares_and_what_is_given_to_nobody_are_the_loss_to_the_last_minor_unit()
    {
        AnySingapore.Sample(facts => Conserves(facts, facts.Judged("sg")), iter: 2_000);
        AnyKingdom.Sample(facts => Conserves(facts, facts.Judged("uk")), iter: 2_000);
    }

    [Fact]
    public void The_order_of_facts_changes_no_byte_and_a_rerun_none_either()
    {
        foreach (var (pack, any) in new[] { ("sg", AnySingapore), ("uk", AnyKingdom) })
            any.SelectMany(facts => Gen.Select(
                    Gen.Shuffle(facts.Payments.ToArray()), Gen.Shuffle(facts.Members.ToArray()), Gen.Shuffle(facts.Members.SelectMany(m => m.Answers).ToArray()),
                    (payments, members, answers) => (facts, Shuffled(facts, payments, members, answers))))
                .Sample(pair => pair.facts.Judged(pack).ToJson().AsSpan().SequenceEqual(pair.Item2.Judged(pack).ToJson()), iter: 500);
    }

    [Fact]
    public void Every_sentence_rests_on_a_record_or_a_source_and_is_said_in_both_languages()
    {
        foreach (var (pack, any) in new[] { ("sg", AnySingapore), ("uk", AnyKingdom) })
            any.Sample(facts => facts.Judged(pack).Sentences.All(s =>
                (s.Sources.Length > 0 || s.Records.Length > 0) && s.Text.En.EndsWith('.') && s.Text.Zh.EndsWith('。')), iter: 500);
    }

    [Fact]
    public void Nothing_is_asked_where_it_is_decided_and_something_where_it_is_not()
    {
        foreach (var (pack, any) in new[] { ("sg", AnySingapore), ("uk", AnyKingdom) })
            any.Sample(facts => facts.Judged(pack) is var s && s.Open.IsEmpty == (s.Outcome != LiabilityOutcome.Undecided) && s.Shares.IsEmpty == (s.Outcome != LiabilityOutcome.Decided), iter: 1_000);
    }

    [Fact]
    public void Whole_units_are_divided_without_loss_and_each_part_is_within_one_of_its_due() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000_000], Gen.Long[0, 1_000_000_000_000_000].Array[1, 9]).Where((_, weights) => weights.Any(w => w > 0))
            .Sample((sum, weights) =>
            {
                var parts = LargestRemainder.Divide(sum, weights);
                var total = weights.Aggregate((Int128)0, (all, w) => all + w);
                return parts.Sum() == sum && parts.Zip(weights).All(p => Int128.Abs(((Int128)p.First * total) - ((Int128)sum * p.Second)) < total);
            }, iter: 5_000);

    private static bool Conserves(LiabilityFacts facts, LiabilityStatement statement)
    {
        var borne = statement.Shares.Sum(s => s.Bears.Minor);
        var won = statement.Shares.Sum(s => s.Recovered.Minor);
        return borne + statement.Unallocated.Minor == facts.Payments.Sum(p => p.Amount.Minor)
            && (statement.Shares.IsEmpty || won == Math.Min(facts.Recovered!.Amount.Minor, borne))
            && statement.Shares.All(s => s.Bears.Minor > 0 && s.Recovered.Minor >= 0 && s.Net.Minor >= 0 && s.Net.Minor == s.Bears.Minor - s.Recovered.Minor);
    }

    private static LiabilityFacts Answered(Standing?[] answers)
    {
        var facts = Singapore() with { Members = [Bank("bank-a", SingaporeBank), Bank("bank-b", SingaporeBank), Telco("telco-a", SingaporeOperator), Telco("telco-b", SingaporeOperator)] };
        var asked = facts.Members.SelectMany(m => m.Answers.Select(a => (m.Member, a.Duty))).ToList();
        for (var i = 0; i < asked.Count; i++) facts = facts.With(asked[i].Member.ToString(), asked[i].Duty, answers[i]);
        return facts;
    }

    /// <summary>No answer stands on a duty that was not in force at the last payment, and the report is in time.</summary>
    private static LiabilityFacts InTime(LiabilityFacts facts)
    {
        var last = facts.Payments.Max(p => p.At);
        return facts with
        {
            Reported = new ToldAt { At = last, Evidence = ["report:2", "report:1"] },
            Papers = new ToldAt { At = last, Evidence = ["note:2"] },
            Members = [.. facts.Members.Select(m => m with { Answers = [.. m.Answers.Where(a => ShippedPack.Of("sg").Find(a.Duty, last) is not null)] })],
        };
    }

    private static LiabilityFacts Shuffled(LiabilityFacts facts, VictimPayment[] payments, LiableMember[] members, DutyAnswer[] answers) => facts with
    {
        Payments = [.. payments],
        Members = [.. members.Select(m => m with { Answers = [.. answers.Where(a => facts.Members.Single(f => f.Member == m.Member).Answers.Any(own => ReferenceEquals(own, a)))] })],
        Reported = facts.Reported! with { Evidence = [.. facts.Reported.Evidence.Reverse(), .. facts.Reported.Evidence] },
    };

    private static ShownSum Won(string currency, long[] sums, double share) =>
        new() { Amount = Of(currency, (long)(sums.Sum() * share)), Evidence = ["order:1"] };

    private static VictimPayment Payment(string id, Instant at, Amount amount, string sending, string? receiving = null) =>
        FactsOf.Payment(id, at.ToString(), amount, receiving, sending);
}
