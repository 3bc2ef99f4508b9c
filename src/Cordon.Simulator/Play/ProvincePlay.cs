using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.Play;

/// <summary>
/// A province being lived. The caller moves it forward and may order money stopped; what is stopped does not move on,
/// so the same province played with and without orders gives what the orders were worth. Not for use from two threads.
/// </summary>
public sealed class ProvincePlay
{
    private readonly Province province;
    private readonly bool[] happened;
    private readonly PriorityQueue<Effect, (Instant At, int Order)> effects = new();
    private readonly Dictionary<AccountNumber, int> timesAsked = [];
    private readonly Dictionary<string, StandingStop> stops = [];
    private readonly HashSet<PhoneNumber> suspended = [];
    private int nextIntent;
    private int nextReport;
    private int effectsQueued;

    internal ProvincePlay(Province province)
    {
        this.province = province;
        happened = new bool[province.Schedule.Length];
        Banks = new Banks(province.Truth.Openings);
    }

    /// <summary>The ledger.</summary>
    public Banks Banks { get; }

    /// <summary>How far the play has come.</summary>
    public Instant Now { get; private set; } = Instant.Min;

    /// <summary>When the next report is due; null where none is left. One whose every payment was prevented does not come in.</summary>
    public Instant? NextReportAt => nextReport < province.Reports.Length ? province.Reports[nextReport].ReportedAt : null;

    /// <summary>When the next member's reply is due; null where none is awaited.</summary>
    public Instant? NextReplyAt => effects.TryPeek(out _, out var first) ? first.At : null;

    /// <summary>When anything at all is due next; null at the end.</summary>
    public Instant? NextAt
    {
        get
        {
            var next = nextIntent < province.Schedule.Length ? province.Schedule[nextIntent].At : Instant.Max;
            if (NextReportAt is { } report && report < next) next = report;
            if (NextReplyAt is { } reply && reply < next) next = reply;
            return next == Instant.Max ? null : next;
        }
    }

    /// <summary>Lives on up to an instant, included. Throws <see cref="ArgumentOutOfRangeException"/> on one before <see cref="Now"/>.</summary>
    public PlayStep AdvanceTo(Instant until)
    {
        if (until < Now) throw new ArgumentOutOfRangeException(nameof(until), until, "Time does not run back.");
        var step = new StepBuilder();
        while (true)
        {
            var intentAt = nextIntent < province.Schedule.Length ? province.Schedule[nextIntent].At : Instant.Max;
            var effectAt = NextReplyAt ?? Instant.Max;
            var reportAt = NextReportAt ?? Instant.Max;
            var at = intentAt <= effectAt ? intentAt : effectAt;
            if (reportAt < at) at = reportAt;
            if (at > until || at == Instant.Max) break;
            if (intentAt == at) Try(province.Schedule[nextIntent++], step);
            else if (effectAt == at) Apply(effects.Dequeue(), at, step);
            else Report(province.Reports[nextReport++], step);
        }
        Now = until;
        return step.Build(until);
    }

    /// <summary>Whether a transfer of the truth has happened in this play.</summary>
    public bool HasHappened(SignalId transfer) => province.PlaceOf(transfer) is { } place && happened[place];

    /// <summary>
    /// Gives a stop order to the member that keeps the account. What the member does comes true as the play moves on:
    /// its replies are in later steps.
    /// </summary>
    /// <param name="orderId">The caller's id, not used before.</param>
    /// <param name="account">Which account. A member that is not connected never answers; one without such an account holds nothing and says so.</param>
    /// <param name="amount">How much to hold; null to let nothing leave until it is lifted.</param>
    /// <returns>What the member will do.</returns>
    public StopAnswer AnswerStop(string orderId, AccountNumber account, Amount? amount)
    {
        var asked = timesAsked.GetValueOrDefault(account);
        var dice = province.StopDice(account, asked);
        var manner = province.StopManners(account.Member).Draw(dice);
        if (!stops.TryAdd(orderId, new StandingStop(account, amount)))
            throw new ArgumentException($"Order {orderId} was given before.", nameof(orderId));
        timesAsked[account] = asked + 1;
        var stop = stops[orderId];
        if (manner == StopManner.Silent) return new StopAnswer(orderId, manner, null, null);
        var acknowledged = Now + (manner == StopManner.Late ? dice.Seconds(1_860, 14_400) : dice.Seconds(40, 900));
        var held = acknowledged + dice.Seconds(20, 300);
        stop.Share = manner == StopManner.Partly ? dice.Between(40, 80) : 100;
        Queue(new Effect(orderId, StopReplyKind.Acknowledged, false), acknowledged);
        Queue(new Effect(orderId, StopReplyKind.Receipt, false), held);
        if (manner == StopManner.Twice) Queue(new Effect(orderId, StopReplyKind.Receipt, true), held + dice.Seconds(120, 1_200));
        return new StopAnswer(orderId, manner, acknowledged, held);
    }

    /// <summary>Ends a stop order at <see cref="Now"/>: what it holds is free again, and what it has not yet done it will not do.</summary>
    /// <returns>How much became free; zero where the order held nothing or was never given.</returns>
    public Amount Release(string orderId)
    {
        if (!stops.TryGetValue(orderId, out var stop)) return Amount.Zero(Currency.Cny);
        stop.Ended = true;
        if (stop.Whole && stop.Acted) Banks.Lift(stop.Account);
        Banks.Release(stop.Account, stop.HeldFen);
        var freed = new Amount(stop.HeldFen, Currency.Cny);
        (stop.HeldFen, stop.Acted) = (0, false);
        return freed;
    }

    /// <summary>Pays money that an order holds back to a victim at <see cref="Now"/>.</summary>
    /// <param name="orderId">The order that holds it.</param>
    /// <param name="payee">The victim's account.</param>
    /// <param name="amount">How much, above zero.</param>
    /// <returns>The transfer as the bank tells it; null where the order does not hold that much.</returns>
    public Transfer? Return(string orderId, AccountNumber payee, Amount amount)
    {
        if (!stops.TryGetValue(orderId, out var stop) || amount.Minor <= 0 || stop.HeldFen < amount.Minor) return null;
        stop.HeldFen -= amount.Minor;
        stop.Returns++;
        Banks.Return(stop.Account, payee, amount.Minor);
        var id = new SignalId($"return-{stop.Returns}-{orderId}");
        return new Transfer(id, stop.Account.Member, Now, stop.Account, payee, amount, TransferMeans.Account, null);
    }

    /// <summary>From now on no call shows this number: an operator suspended the line, or a gateway bars it. What would have come of the calls does not.</summary>
    public void SuspendNumber(PhoneNumber number) => suspended.Add(number);

    /// <summary>Asks a payment institution where the money of an order went. The one that withholds takes hours.</summary>
    public EnquiryAnswer AnswerEnquiry(MemberCode institution, string reference)
    {
        var hours = province.Truth.WithheldReferences.Any(r => r.Member == institution && r.Reference == reference) ? 4 : 0;
        var legs = province.OutLegs(institution, reference).Where(i => happened[i.Place]).Select(i => (Transfer)i.Signal with { OrderReference = reference });
        return new EnquiryAnswer(Now + TimeSpan.FromMinutes((hours * 60L) + 10), [.. legs]);
    }

    private void Try(Intent intent, StepBuilder step)
    {
        if (intent.Cause is { } cause && !happened[cause.Place]) return;
        switch (intent.Signal)
        {
            case Call call when suspended.Contains(call.Caller):
                return;
            case Message message when suspended.Contains(message.Sender):
                return;
            case Transfer transfer when !Banks.Execute(transfer):
                step.Refused.Add(transfer);
                return;
        }
        happened[intent.Place] = true;
        if (intent.Told) step.Signals.Add(intent.Signal);
    }

    private void Apply(Effect effect, Instant at, StepBuilder step)
    {
        var stop = stops[effect.OrderId];
        if (stop.Ended) return;
        if (effect.Kind == StopReplyKind.Receipt && !effect.Repeat) Act(stop);
        Amount? held = effect.Kind == StopReplyKind.Receipt ? new Amount(stop.ReceiptFen, Currency.Cny) : null;
        step.Replies.Add(new StopReply(effect.OrderId, stop.Account.Member, stop.Account, effect.Kind, at, held, effect.Repeat));
    }

    private void Act(StandingStop stop)
    {
        if (!Banks.Keeps(stop.Account)) return;
        var wanted = stop.Amount?.Minor ?? long.MaxValue;
        var free = Banks.AvailableFen(stop.Account);
        var could = Math.Min(wanted, free);
        stop.HeldFen = Banks.Hold(stop.Account, stop.Share == 100 ? could : could / 100 * stop.Share);
        stop.Acted = true;
        // A member that acts only in part holds its part and lets the rest go.
        stop.Whole = stop.Amount is null && stop.Share == 100;
        if (stop.Whole) Banks.Stop(stop.Account);
        stop.ReceiptFen = stop.HeldFen;
    }

    private void Report(ProvinceReport report, StepBuilder step)
    {
        var losses = report.Losses.Where((_, i) => happened[province.TheftsOf(report.Id)[i]]).ToImmutableArray();
        if (!losses.IsEmpty) step.Reports.Add(losses.Length == report.Losses.Length ? report : report with { Losses = losses });
    }

    private void Queue(Effect effect, Instant at) => effects.Enqueue(effect, (at, effectsQueued++));

    private readonly record struct Effect(string OrderId, StopReplyKind Kind, bool Repeat);

    private sealed class StandingStop(AccountNumber account, Amount? amount)
    {
        public AccountNumber Account => account;
        public Amount? Amount => amount;
        public int Share { get; set; } = 100;
        public long HeldFen { get; set; }
        public long ReceiptFen { get; set; }
        public int Returns { get; set; }
        public bool Acted { get; set; }
        public bool Whole { get; set; }
        public bool Ended { get; set; }
    }

    private sealed class StepBuilder
    {
        public ImmutableArray<Signal>.Builder Signals { get; } = ImmutableArray.CreateBuilder<Signal>();
        public ImmutableArray<ProvinceReport>.Builder Reports { get; } = ImmutableArray.CreateBuilder<ProvinceReport>();
        public ImmutableArray<StopReply>.Builder Replies { get; } = ImmutableArray.CreateBuilder<StopReply>();
        public ImmutableArray<Transfer>.Builder Refused { get; } = ImmutableArray.CreateBuilder<Transfer>();

        public PlayStep Build(Instant until) => new(until, Signals.ToImmutable(), Reports.ToImmutable(), Replies.ToImmutable(), Refused.ToImmutable());
    }
}
