using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Play;

namespace Cordon.Tests.Simulator;

public sealed class PlayTests
{
    [Fact]
    public void Money_is_conserved_and_no_balance_is_ever_negative_with_stops_in_between() => ProvinceTests.Tiny(province =>
    {
        var play = province.Play();
        var total = play.Banks.TotalFen;
        Assert.Equal(total, province.Truth.Openings.Sum(o => o.Balance.Minor));
        while (play.NextAt is { } next)
        {
            var step = play.AdvanceTo(next + TimeSpan.FromMinutes(30L));
            StopWhatIsReported(play, step, whole: play.Now.Micros / 1_000_000 % 2 == 0);
            Assert.Equal(total, play.Banks.TotalFen);
            foreach (var account in play.Banks.Accounts)
                Assert.True(play.Banks.HeldFen(account) >= 0 && play.Banks.BalanceFen(account) >= play.Banks.HeldFen(account), account.ToString());
        }
    });

    [Fact]
    public void Step_by_step_or_at_once_the_same_happens_with_the_same_ids()
    {
        var province = Province.Make(5, ProvinceOptions.Tiny);
        var whole = province.Play().AdvanceTo(Instant.Max).Signals;
        var play = province.Play();
        var pieces = new List<Signal>();
        while (play.NextAt is { } next) pieces.AddRange(play.AdvanceTo(next).Signals);
        Assert.Equal(whole.AsEnumerable(), pieces);
    }

    [Fact]
    public void Stops_only_take_signals_away()
    {
        var province = Province.Make(11, ProvinceOptions.Tiny);
        var free = province.Play().AdvanceTo(Instant.Max).Signals.ToHashSet();
        var (_, told) = PlayWithStops(province);
        Assert.True(told.Count < free.Count);
        Assert.All(told, signal => Assert.Contains(signal, free));
    }

    [Fact]
    public void Stopping_the_gangs_accounts_when_a_victim_reports_saves_money()
    {
        long without = 0, with = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var province = Province.Make(seed, ProvinceOptions.Tiny);
            var free = province.Play();
            free.AdvanceTo(Instant.Max);
            var (stopped, _) = PlayWithStops(province);
            var (lost, lostWithStops) = (OutOfReach(province, free), OutOfReach(province, stopped));
            Assert.True(lostWithStops <= lost, $"seed {seed}");
            (without, with) = (without + lost, with + lostWithStops);
        }
        Assert.True(with * 10 < without * 9, $"{with} of {without} fen lost");
    }

    [Fact]
    public void A_suspended_number_makes_no_calls_and_what_they_would_have_brought_does_not_come()
    {
        var province = Province.Make(2, ProvinceOptions.Tiny);
        var victim = province.Truth.Victims[0];
        var caller = province.Play().AdvanceTo(Instant.Max).Signals.OfType<Call>().First(c => victim.Calls.Contains(c.Id)).Caller;
        var play = province.Play();
        play.SuspendNumber(caller);
        var step = play.AdvanceTo(Instant.Max);
        Assert.DoesNotContain(step.Signals.OfType<Call>(), c => c.Caller == caller);
        Assert.All(victim.Moves, m => Assert.False(play.HasHappened(m.Transfer)));
        Assert.DoesNotContain(step.Reports, r => victim.Reports.Contains(r.Id));
    }

    [Fact]
    public void A_hold_takes_what_is_there_and_a_release_gives_it_back()
    {
        var play = Province.Make(2, ProvinceOptions.Tiny).Play();
        var account = play.Banks.Accounts.First(a => play.Banks.BalanceFen(a) > 1000);
        var balance = play.Banks.BalanceFen(account);
        Assert.Equal(600, play.Banks.Hold(account, 600));
        Assert.Equal(balance - 600, play.Banks.Hold(account, long.MaxValue));
        Assert.Equal(0, play.Banks.AvailableFen(account));
        Assert.False(play.Banks.Execute(Payment(account, 1)));
        play.Banks.Release(account, 1);
        Assert.True(play.Banks.Execute(Payment(account, 1)));
        Assert.Throws<InvalidOperationException>(() => play.Banks.Release(account, balance));
        play.Banks.Release(account, balance - 1);
        play.Banks.Stop(account);
        Assert.False(play.Banks.Execute(Payment(account, 1)));
        play.Banks.Lift(account);
        Assert.True(play.Banks.Execute(Payment(account, 1)));
        Assert.Throws<InvalidOperationException>(() => play.Banks.Lift(account));
    }

    [Fact]
    public void Members_answer_stop_orders_in_every_manner_as_they_said_they_would()
    {
        var seen = new HashSet<StopManner>();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var province = Province.Make(seed, ProvinceOptions.Tiny);
            var play = province.Play();
            play.AdvanceTo(province.Options.Start);
            foreach (var account in play.Banks.Accounts.Take(20).ToArray())
            {
                var answer = play.AnswerStop(account.ToString(), account, null);
                seen.Add(answer.Manner);
                Assert.Equal(answer.Manner == StopManner.Silent, answer.HeldAt is null);
            }
            var replies = play.AdvanceTo(province.Options.Start + TimeSpan.FromHours(6L)).Replies.ToLookup(r => r.OrderId);
            foreach (var account in play.Banks.Accounts.Take(20))
                CheckReplies(play, account, [.. replies[account.ToString()]]);
        }
        Assert.Equal(Enum.GetValues<StopManner>().Length, seen.Count);
    }

    [Fact]
    public void An_order_on_an_account_that_nobody_has_holds_nothing()
    {
        var province = Province.Make(2, ProvinceOptions.Tiny);
        var play = province.Play();
        play.AdvanceTo(province.Options.Start);
        var bank = province.Truth.StopManners.First(m => m is { Slack: false, Silent: < 1000 }).Member;
        for (var i = 0; i < 10; i++) play.AnswerStop($"o{i}", new AccountNumber(bank, $"no-such-{i}"), null);
        var receipts = play.AdvanceTo(play.Now + TimeSpan.FromHours(6L)).Replies.Where(r => r.Kind == StopReplyKind.Receipt).ToArray();
        Assert.NotEmpty(receipts);
        Assert.All(receipts, r => Assert.Equal(Cny(0), r.Held));
    }

    [Fact]
    public void An_order_is_given_once()
    {
        var play = Province.Make(2, ProvinceOptions.Tiny).Play();
        var account = play.Banks.Accounts.First();
        play.AnswerStop("o1", account, null);
        Assert.Throws<ArgumentException>(() => play.AnswerStop("o1", account, null));
    }

    [Fact]
    public void Held_money_can_be_released_or_returned_but_not_twice()
    {
        var province = Province.Make(2, ProvinceOptions.Tiny);
        var play = province.Play();
        play.AdvanceTo(province.Options.Start);
        var victim = province.Truth.Victims[0].Account;
        var (account, order) = play.Banks.Accounts.Select((a, i) => (a, Order: $"o{i}"))
            .First(x => x.a != victim && play.Banks.BalanceFen(x.a) > 50_000 && play.AnswerStop(x.Order, x.a, Cny(50_000)).Manner == StopManner.Prompt);
        play.AdvanceTo(play.Now + TimeSpan.FromHours(1L));
        var (total, before) = (play.Banks.TotalFen, play.Banks.BalanceFen(victim));
        Assert.Equal(50_000, play.Banks.HeldFen(account));
        Assert.Null(play.Return(order, victim, Cny(50_001)));
        var back = play.Return(order, victim, Cny(20_000));
        Assert.Equal((account, victim, 20_000L), (back!.Payer!.Value, back.Payee!.Value, back.Amount.Minor));
        Assert.Equal(before + 20_000, play.Banks.BalanceFen(victim));
        Assert.Equal(Cny(30_000), play.Release(order));
        Assert.Equal(Cny(0), play.Release(order));
        Assert.Equal(total, play.Banks.TotalFen);
    }

    [Fact]
    public void A_withheld_order_reference_is_given_when_asked_for()
    {
        var province = Province.Make(1, ProvinceOptions.Small with { People = 300 });
        var play = province.Play();
        play.AdvanceTo(Instant.Max - TimeSpan.FromDays(1));
        var withheld = province.Truth.WithheldReferences;
        Assert.NotEmpty(withheld);
        foreach (var reference in withheld.Where(r => play.HasHappened(r.Transfer)))
        {
            var leg = Assert.Single(play.AnswerEnquiry(reference.Member, reference.Reference).Legs);
            Assert.Equal((reference.Transfer, reference.Reference), (leg.Id, leg.OrderReference));
        }
        Assert.Empty(play.AnswerEnquiry(withheld[0].Member, "no-such-reference").Legs);
    }

    private static void CheckReplies(ProvincePlay play, AccountNumber account, StopReply[] replies)
    {
        var receipts = replies.Where(r => r.Kind == StopReplyKind.Receipt).ToArray();
        Assert.Equal(replies.Length > 0, receipts.Length > 0);
        if (receipts.Length == 0)
        {
            Assert.Equal(0, play.Banks.HeldFen(account));
            return;
        }
        Assert.Equal(StopReplyKind.Acknowledged, replies[0].Kind);
        Assert.All(receipts, r => Assert.Equal(play.Banks.HeldFen(account), r.Held!.Value.Minor));
        Assert.Equal(receipts.Select((_, i) => i > 0), receipts.Select(r => r.Repeat));
    }

    private static (ProvincePlay Play, List<Signal> Told) PlayWithStops(Province province)
    {
        var play = province.Play();
        var told = new List<Signal>();
        while (play.NextAt is { } next)
        {
            var step = play.AdvanceTo(next);
            told.AddRange(step.Signals);
            foreach (var report in step.Reports)
            {
                var gang = province.Truth.Gangs[province.Truth.Victims.Single(v => v.Reports.Contains(report.Id)).Gang];
                foreach (var mule in gang.Mules) play.AnswerStop($"{report.Id}/{mule.Account}", mule.Account, null);
            }
        }
        return (play, told);
    }

    private static void StopWhatIsReported(ProvincePlay play, PlayStep step, bool whole)
    {
        foreach (var report in step.Reports)
            foreach (var account in report.Suspects.Accounts)
                play.AnswerStop($"{report.Id}/{account}", account, whole ? null : report.Losses[0].Amount);
        foreach (var reply in step.Replies)
            if (reply.Repeat) play.Release(reply.OrderId);
    }

    private static long OutOfReach(Province province, ProvincePlay play) => province.Truth.Victims.SelectMany(v => v.Moves)
        .Where(m => m.Kind is TruthMoveKind.Spent or TruthMoveKind.LeftSight or TruthMoveKind.CrossedBorder || (m.Kind == TruthMoveKind.CashedOut && m.Told))
        .Where(m => play.HasHappened(m.Transfer)).Sum(m => m.Amount.Minor);

    private static Amount Cny(long fen) => new(fen, Currency.Cny);

    private static Transfer Payment(AccountNumber payer, long fen) =>
        new(new("x"), payer.Member, Instant.Min, payer, null, Cny(fen), TransferMeans.CashWithdrawal, null);
}
