using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Restrictions;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;
using CsCheck;

namespace Cordon.Tests.Restrictions;

/// <summary>What is counted of members that serve restricted people, against a count that reads everything again.</summary>
public sealed class RestrictionMeterTests
{
    private const string Bounded = "cn.joint2024.sellers-restricted";
    private const string Explained = "cn.atf.32.restrictions-explained";
    private static readonly MemberCode Telco = MemberCode.Parse("tel-a");
    private static readonly MemberCode Bank = MemberCode.Parse("bank-a");
    private static readonly MemberCode Police = MemberCode.Parse("police-a");
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8)));
    private static readonly ControlPlan Plan = ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn);
    private static readonly PersonToken Sun = new(1, 170);

    [Fact]
    public void Openings_for_restricted_people_are_counted_as_by_a_slow_count() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 5]).List[1, 40].Select(Gen.Int[0, 10], Gen.Int[12, 30], Gen.Bool).Sample((acts, from, to, wrongful) =>
        {
            var fact = Fact(Sun, Start + TimeSpan.FromDays(from), Start + TimeSpan.FromDays(to)) with { Wrongful = wrongful };
            var board = Board();
            // Lifted as wrong is told after the signals: what was counted is taken back.
            board.Take(fact with { Wrongful = false }, Start);
            var signals = acts.Select((a, n) => Make(a.Item1, a.Item2, a.Item3, n)).ToList();
            foreach (var signal in signals) board.Take(signal);
            board.Take(fact, Start + TimeSpan.FromDays(60));
            foreach (var member in new[] { Telco, Bank })
            {
                var read = board.Read(new ControlSubject(Bounded, member, null), Start - TimeSpan.FromDays(1), Start + TimeSpan.FromDays(90));
                Assert.Equal(Slowly(signals, fact, member), (read.Occasions, read.Faults));
                Assert.Equal(read.Faults, read.Evidence.Length);
            }
        }, iter: Long.Or(2_000, 60));

    [Fact]
    public void A_notice_that_is_not_handed_over_in_time_is_the_authoritys_fault_and_a_member_that_does_not_let_go_has_its_own()
    {
        var board = Board();
        var fact = Fact(Sun, Start, Start + TimeSpan.FromDays(700)) with { Members = [new ReachedMember(Bank, Start, Start + TimeSpan.FromHours(24), Start + TimeSpan.FromHours(2), null)] };
        board.Take(fact, Start);
        board.Advance(Start + TimeSpan.FromDays(7));
        Expect(board, Police, 0, 0);
        board.Advance(Start + TimeSpan.FromDays(8));
        Expect(board, Police, 1, 1);
        board.Take(fact with { ServedAt = Start + TimeSpan.FromDays(3) }, Start + TimeSpan.FromDays(8));
        Expect(board, Police, 1, 0);
        var lifted = fact with { ServedAt = Start + TimeSpan.FromDays(3), LiftedAt = Start + TimeSpan.FromDays(20), End = Start + TimeSpan.FromDays(20) };
        board.Take(lifted, Start + TimeSpan.FromDays(20));
        Expect(board, Bank, 0, 0);
        board.Advance(Start + TimeSpan.FromDays(22));
        Expect(board, Bank, 1, 1);
        var subject = new ControlSubject(Explained, Bank, null);
        Assert.Equal([$"restriction:{fact.Id}"], board.Faults(subject, Start, Instant.Max, 10));
        board.Take(lifted with { Members = [fact.Members[0] with { LetGoAt = Start + TimeSpan.FromDays(20) + TimeSpan.FromHours(23) }] }, Start + TimeSpan.FromDays(22));
        Expect(board, Bank, 1, 0);
        // Lifted before the notice was due: none is owed any more.
        var early = Board();
        early.Take(fact with { LiftedAt = Start + TimeSpan.FromDays(2), End = Start + TimeSpan.FromDays(2) }, Start + TimeSpan.FromDays(30));
        Expect(early, Police, 0, 0);
    }

    private static void Expect(ControlBoard board, MemberCode member, long occasions, long faults)
    {
        var read = board.Read(new ControlSubject(Explained, member, null), Start - TimeSpan.FromDays(1), Start + TimeSpan.FromDays(90));
        Assert.Equal((occasions, faults), (read.Occasions, read.Faults));
    }

    private static ControlBoard Board() => new(Plan, m => m.ToString()[..3] switch { "tel" => Sector.TelecomOperator, "ban" => Sector.Bank, "pol" => Sector.Police, _ => null });

    private static RestrictionFact Fact(PersonToken person, Instant from, Instant end) => new(
        new Guid(1, 0, 0, new byte[8]), person, Police, from, end, null, false, AccountNumber.Parse("bank-a:5"), 1, [], null, TimeSpan.FromDays(7), TimeSpan.FromHours(24));

    // A signal a day: openings and uses of six lines and six accounts, by Sun or somebody else.
    private static Signal Make(int act, int who, int which, int n)
    {
        var (at, id, person) = (Start + TimeSpan.FromDays(n), new SignalId($"s{n}"), who == 0 ? Sun : new PersonToken(1, 171));
        var (line, account) = (new PhoneNumber(8613800000000 + which), AccountNumber.Parse($"bank-a:{which}"));
        return act switch
        {
            0 or 1 => new Subscription(id, Telco, at, line, which switch { 0 => LineKind.Iot, 1 => LineKind.Broadband, _ => LineKind.Mobile }, IdentityCheck.Verified, person, null, null),
            2 or 3 => new AccountOpening(id, Bank, at, account, which % 2 == 0 ? AccountKind.Personal : AccountKind.Business, IdentityCheck.Verified, person, null, null, null),
            4 => new Call(id, Telco, at, line, new PhoneNumber(8613900000000), CallOrigin.Domestic, false, null, null, 60),
            _ => new Transfer(id, Bank, at, account, null, new Amount(100, Currency.Cny), TransferMeans.Account, null),
        };
    }

    private static (long Occasions, long Faults) Slowly(List<Signal> signals, RestrictionFact fact, MemberCode member)
    {
        var (occasions, faults) = (0L, 0L);
        if (fact.Wrongful) return (0, 0);
        for (var i = 0; i < signals.Count; i++)
        {
            var told = signals[i];
            if (told.Member != member || Holder(told) != Sun || told.At < fact.From + fact.ApplyWithin || told.At >= fact.End) continue;
            // The one before about the same thing has another holder, or there is none.
            if (signals.Take(i).LastOrDefault(s => Thing(s) == Thing(told) && Holder(s) is not null) is { } before && Holder(before) == Sun) continue;
            occasions++;
            if (Allowed(told, signals, i, fact)) continue;
            var next = signals.FindIndex(i + 1, s => Thing(s) == Thing(told) && Holder(s) is { } other && other != Sun);
            var until = next < 0 ? signals.Count : next;
            if (Enumerable.Range(i + 1, until - i - 1).Any(j => Thing(signals[j]) == Thing(told) && signals[j].At < fact.End)) faults++;
        }
        return (occasions, faults);
    }

    private static bool Allowed(Signal told, List<Signal> signals, int at, RestrictionFact fact)
    {
        if (told is AccountOpening opening) return opening.Account == fact.Keeps || opening.AccountKind == AccountKind.Personal;
        var line = (Subscription)told;
        if (line.LineKind != LineKind.Mobile) return line.LineKind == LineKind.Broadband;
        return signals.Take(at + 1).OfType<Subscription>().GroupBy(s => s.Line).Select(g => g.Last()).Count(s => s.Person == Sun && s.LineKind == LineKind.Mobile) <= 1;
    }

    private static string Thing(Signal signal) => signal switch
    {
        Subscription s => s.Line.ToString(), Call c => c.Caller.ToString(), AccountOpening a => a.Account.ToString(), Transfer t => t.Payer!.Value.ToString(), _ => "",
    };

    private static PersonToken? Holder(Signal signal) => signal switch { Subscription s => s.Person, AccountOpening a => a.Person, _ => null };
}
