namespace Cordon.Engine.Patterns;

/// <summary>
/// What speaks for or against an account, as numbers: its new counterparties, habits and patterns, each beside the habits of all
/// accounts, so that they mean the same in a small bank and in a large one.
/// </summary>
internal sealed class AccountEvidence
{
    private const double DayMicros = 86_400_000_000;
    private const int CountsAt = 0;
    private const int HabitsAt = 7;
    private const int KindsAt = 10;

    private readonly WatchState state;
    private readonly long[] room = OutsideHabit.Room();
    private readonly double[] usual = new double[KindsAt];

    /// <summary>Goes through all accounts once, for what is usual.</summary>
    public AccountEvidence(WatchState state)
    {
        this.state = state;
        var raw = new double[KindsAt];
        var seen = new List<double>[KindsAt];
        for (var i = 0; i < KindsAt; i++) seen[i] = [];
        foreach (var trail in state.Trails)
        {
            Raw(trail, raw);
            for (var i = 0; i < KindsAt; i++)
                if (!double.IsNaN(raw[i])) seen[i].Add(raw[i]);
        }
        for (var i = 0; i < KindsAt; i++) usual[i] = i < HabitsAt ? Mean(seen[i]) : Median(seen[i]);
    }

    /// <summary>The names of the numbers, in order.</summary>
    public static string[] Names { get; } =
    [
        "payers", "payees", "oncePayers", "oncePayees", "smallIn", "smallOut", "cash",
        "outsideSpread", "outsideRate", "outsideLevel",
        .. Enum.GetNames<PatternKind>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]),
        "nearOncePayers", "nearOncePayees", "nearGatherScatter", "nearScatterGather", "nearBipartite", "nearStructuring", "nearOutsideSpread",
    ];

    // Of these an account also has the mean over those that it first paid or was first paid by.
    private static ReadOnlySpan<int> Near =>
    [
        2, 3, KindsAt + (int)PatternKind.GatherScatter, KindsAt + (int)PatternKind.ScatterGather,
        KindsAt + (int)PatternKind.Bipartite, KindsAt + (int)PatternKind.Structuring, HabitsAt,
    ];

    /// <summary>The numbers of every account. What is not known of one is 0: as usual.</summary>
    public double[][] All()
    {
        var rows = new double[state.Trails.Count][];
        for (var account = 0; account < rows.Length; account++)
        {
            rows[account] = new double[Names.Length];
            Fill(state.Trails[account], rows[account]);
        }
        foreach (var trail in state.Trails) FillNear(trail, rows);
        return rows;
    }

    private void Fill(AccountTrail trail, Span<double> into)
    {
        Raw(trail, into);
        for (var i = 0; i < KindsAt; i++) into[i] = double.IsNaN(into[i]) ? 0 : into[i] - usual[i];
        for (var kind = 0; kind < AccountPatterns.Kinds; kind++)
        {
            var bits = (double)(trail.Patterns?.Strongest[kind] ?? 0) / Surprise.Bit;
            into[KindsAt + kind] = bits / (bits + 8);
        }
    }

    private static void FillNear(AccountTrail trail, double[][] rows)
    {
        var into = rows[trail.Number].AsSpan(KindsAt + AccountPatterns.Kinds);
        var count = 0;
        foreach (ref readonly var edge in trail.In.All)
            if (edge.Fresh && ++count > 0) Sum(rows[edge.Transfer.Payer], into);
        foreach (ref readonly var edge in trail.Out.All)
            if (edge.Fresh && ++count > 0) Sum(rows[edge.Transfer.Payee], into);
        for (var i = 0; i < into.Length; i++) into[i] /= Math.Max(1, count);
    }

    private static void Sum(double[] row, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++) into[i] += row[Near[i]];
    }

    private void Raw(AccountTrail trail, Span<double> into)
    {
        into[CountsAt] = Log(trail.Payers);
        into[1] = Log(trail.Payees);
        into[2] = Log(trail.OncePayers);
        into[3] = Log(trail.OncePayees);
        into[4] = Log(trail.SmallIn);
        into[5] = Log(trail.SmallOut);
        into[6] = Log(trail.Outside?.InCash ?? 0);
        into[HabitsAt] = into[8] = into[9] = double.NaN;
        if (trail.Outside?.Habit(room) is not { } habit) return;
        var days = Math.Max(1, (state.LastAt - trail.FirstAt) / DayMicros);
        into[HabitsAt] = Math.Log(Math.Max(habit.Spread, 0.01));
        into[8] = Math.Log(trail.Outside.Payments / days);
        into[9] = Math.Log(habit.Median);
    }

    private static double Log(int count) => Math.Log(1 + count);

    private static double Mean(List<double> values) => values.Count == 0 ? 0 : values.Average();

    private static double Median(List<double> values)
    {
        if (values.Count == 0) return 0;
        values.Sort();
        return values[values.Count / 2];
    }
}
