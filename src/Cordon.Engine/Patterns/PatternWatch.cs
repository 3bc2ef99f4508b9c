using Cordon.Engine.Signals;

namespace Cordon.Engine.Patterns;

/// <summary>
/// Finds patterns of laundering as transfers arrive. Memory is bounded by accounts, not by transfers; the work for a transfer is
/// bounded too, and what was cut is counted.
/// <para>
/// Time is that of the transfers. Transfers of one instant are held until a later one comes (or <see cref="CloseUpTo"/> says
/// that none comes) and are then worked off together, so the order in which they arrived changes nothing. Among them any may
/// have been first. A transfer that comes later than its time still takes its place, and is judged with what is remembered.
/// </para>
/// <para>One currency, one writer. Not thread-safe.</para>
/// </summary>
public sealed class PatternWatch
{
    private readonly WatchState state;
    private readonly CycleDetector cycles;
    private readonly LayerDetector layers;
    private readonly FlowDetector flows;
    private readonly StackDetector stacks;
    private readonly List<PatternTransfer> held = [];
    private readonly List<PatternTransfer> fresh = [];
    private readonly List<AccountTrail> touched = [];
    private readonly List<AccountTrail> passed = [];

    /// <summary>A watch that has seen nothing.</summary>
    /// <param name="options">How far it looks.</param>
    /// <param name="told">Is told of each alert when it is raised, and again when it is closed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public PatternWatch(PatternOptions options, Action<PatternAlert> told)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Window, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FanParties, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CycleAccounts, 3, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CycleAccounts, 16, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StructuredTransfers, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EdgesPerAccount, 8, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.EdgesPerAccount, 4096, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Pairs & (options.Pairs - 1), 0, nameof(options));
        state = new WatchState(options, told);
        (cycles, layers, flows, stacks) = (new CycleDetector(state), new LayerDetector(state), new FlowDetector(state), new StackDetector(state));
    }

    /// <summary>How many transfers came in all.</summary>
    public long Transfers { get; private set; }

    /// <summary>How many came later than their time.</summary>
    public long Late { get; private set; }

    /// <summary>How many instants had too many transfers to be worked off as one.</summary>
    public long SplitInstants { get; private set; }

    /// <summary>How many alerts were raised.</summary>
    public long Alerts => state.Desk.Raised;

    /// <summary>How many were not, because too many were growing.</summary>
    public long DroppedAlerts => state.Desk.Dropped;

    /// <summary>How many pairs of payer and payee were forgotten for want of room.</summary>
    public long ForgottenPairs => state.Pairs.Forgotten;

    /// <summary>How many accounts have more transfers than are remembered of one.</summary>
    public int CutAccounts => state.Trails.Count(trail => trail.In.Cut || trail.Out.Cut);

    /// <summary>The highest account number seen, plus one.</summary>
    public int Accounts => state.Trails.Count;

    internal WatchState State => state;

    /// <summary>Makes an account known, so that it counts among all accounts before it moves money.</summary>
    public void Know(int account) => state.Trail(account);

    /// <summary>Takes a transfer.</summary>
    /// <exception cref="ArgumentException">It moves nothing, or touches no account.</exception>
    public void Add(in PatternTransfer transfer)
    {
        if (transfer.Minor <= 0) throw new ArgumentException("A transfer moves more than nothing.", nameof(transfer));
        if (transfer.Payer < 0 && transfer.Payee < 0) throw new ArgumentException("A transfer touches an account.", nameof(transfer));
        if (held.Count > 0 && held[0].At != transfer.At) WorkOff();
        if (held.Count >= state.Options.TransfersPerInstant)
        {
            SplitInstants++;
            WorkOff();
        }
        Transfers++;
        if (transfer.At.Micros < state.LastAt) Late++;
        held.Add(transfer);
    }

    /// <summary>Says that no transfer up to an instant comes any more: what was held of them is worked off.</summary>
    public void CloseUpTo(Instant at)
    {
        if (held.Count > 0 && held[0].At <= at) WorkOff();
    }

    /// <summary>Works off what is held and closes every alert.</summary>
    public void CloseAll()
    {
        WorkOff();
        state.Desk.CloseAll();
    }

    /// <summary>How an account has taken part in patterns so far.</summary>
    public PatternStanding Standing(int account) => new(account >= 0 && account < state.Trails.Count ? state.Trails[account].Patterns : null);

    private void WorkOff()
    {
        if (held.Count == 0) return;
        held.Sort(PatternTransfer.Compare);
        var at = held[0].At.Micros;
        (state.FirstAt, state.LastAt) = (Math.Min(state.FirstAt, at), Math.Max(state.LastAt, at));
        state.Desk.Sweep(state.LastAt);
        fresh.Clear();
        touched.Clear();
        var mark = state.NewMark();
        foreach (var transfer in held) Remember(transfer, mark);
        held.Clear();
        Look();
    }

    private void Look()
    {
        foreach (var transfer in fresh)
        {
            cycles.Look(transfer);
            layers.Look(transfer);
        }
        passed.Clear();
        foreach (var trail in touched)
        {
            FanDetector.Look(state, trail);
            StructuringDetector.Look(state, trail);
            flows.GatherScatter(trail);
            if (flows.Passing(trail) is not { } passing || passing.Came[0] == trail.Passing?.Came[0]) continue;
            trail.Passing = passing;
            passed.Add(trail);
            flows.RaisePassThrough(trail, passing);
        }
        stacks.Look(passed);
    }

    private void Remember(in PatternTransfer transfer, long mark)
    {
        var payer = transfer.Payer < 0 ? null : state.Trail(transfer.Payer);
        var payee = transfer.Payee < 0 ? null : state.Trail(transfer.Payee);
        payer?.Seen(transfer.At.Micros);
        payee?.Seen(transfer.At.Micros);
        if (payee is null)
        {
            (payer!.Outside ??= new OutsideHabit()).Add(transfer.Minor, transfer.Cash);
            // Payments outside are habits; cash paid out may be where money that came in went.
            if (!transfer.Cash) return;
            payer.Out.Add(new Edge(transfer, Fresh: false), state.Options.EdgesPerAccount);
            Touch(payer, mark);
        }
        else if (payer is not null && payer != payee) Remember(transfer, payer, payee, mark);
    }

    private void Remember(in PatternTransfer transfer, AccountTrail payer, AccountTrail payee, long mark)
    {
        var times = state.Pairs.Count(transfer.Payer, transfer.Payee);
        if (times == 1)
        {
            state.FreshTransfers++;
            payer.Payees++;
            payer.OncePayees++;
            payee.Payers++;
            payee.OncePayers++;
            fresh.Add(transfer);
        }
        else if (times == 2)
        {
            payer.OncePayees--;
            payee.OncePayers--;
        }
        if (transfer.Minor < state.Amounts.SmallBelow())
        {
            payer.SmallOut++;
            payee.SmallIn++;
        }
        state.Amounts.Add(transfer.Minor);
        var edge = new Edge(transfer, times == 1);
        payer.Out.Add(edge, state.Options.EdgesPerAccount);
        payee.In.Add(edge, state.Options.EdgesPerAccount);
        Touch(payer, mark);
        Touch(payee, mark);
    }

    private void Touch(AccountTrail trail, long mark)
    {
        if (trail.Mark == mark) return;
        trail.Mark = mark;
        touched.Add(trail);
    }
}
