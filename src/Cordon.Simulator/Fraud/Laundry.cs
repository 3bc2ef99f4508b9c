using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Fraud;

/// <summary>
/// Moves stolen money from mule to mule, minutes between, and out. One wave is one payment of the victim: it spends only
/// what it brought in, so that without a stop every wave can run to its end whatever else passes through the accounts.
/// </summary>
internal sealed class Laundry(Census census, Schedule schedule, Dice dice)
{
    private const long Yuan = Census.Yuan;
    private const long Least = 200 * Yuan;

    private GangDraft gang = null!;
    private List<MoveDraft> moves = null!;
    private int wave;

    public void Launder(CrimeDraft crime, AccountDraft first, Intent theft, int waveIndex)
    {
        (gang, moves, wave) = (crime.Gang, crime.Moves, waveIndex);
        moves.Add(new MoveDraft(theft, TruthMoveKind.Stolen, 1, wave));
        var depth = dice.Between(2, gang.Layers.Count);
        var poolLayer = dice.Chance(500) ? dice.Between(1, depth - 1) : 0;
        var level = new List<Holding> { new(first) { Fen = ((Transfer)theft.Signal).Amount.Minor, Ready = theft.At } };
        for (var layer = 1; layer < depth; layer++)
        {
            var next = new List<Holding>();
            for (var i = 0; i < level.Count; i++) PassOn(level[i], layer, layer == poolLayer && i == 0, next);
            level = next;
        }
        foreach (var holding in level) CashOut(holding, depth);
    }

    private void PassOn(Holding holding, int layer, bool throughPool, List<Holding> next)
    {
        var at = holding.Ready + dice.Seconds(60, 600);
        var rest = holding.Fen - dice.Between(0, Math.Min(holding.Fen / 20, 300 * Yuan));
        if (rest > 20_000 * Yuan && dice.Chance(150))
        {
            var cash = dice.Between(20, 50) * 100 * Yuan;
            Move(at, holding.Account, null, cash, TransferMeans.CashWithdrawal, TruthMoveKind.CashedOut, layer);
            rest -= cash;
        }
        var parts = rest < 5_000 * Yuan ? 1 : dice.Between(1, 3);
        for (; parts > 0; parts--)
        {
            at += dice.Seconds(20, 120);
            var part = parts == 1 ? rest : rest / parts / (100 * Yuan) * (100 * Yuan) * dice.Between(70, 115) / 100;
            if (part <= 0) continue;
            rest -= part;
            var target = dice.Pick(gang.Layers[layer]);
            var arrival = at;
            if (throughPool) arrival = ThroughWallet(at, holding.Account, target, part, layer);
            else Move(at, holding.Account, target, part, TransferMeans.Account, TruthMoveKind.Layered, layer);
            throughPool = false;
            Arrive(next, target, part, arrival);
        }
    }

    /// <summary>Account, pool, wallet, pool, account: two orders, each with a reference that may be withheld.</summary>
    private Instant ThroughWallet(Instant at, AccountDraft from, AccountDraft to, long fen, int layer)
    {
        var wallet = dice.Pick(gang.Wallets);
        var topUp = Order(at, from, wallet, wallet, fen, TransferMeans.Account, TruthMoveKind.OutOfPool, layer);
        return Order(topUp.At + dice.Seconds(40, 300), wallet, wallet, to, fen, TransferMeans.Account, TruthMoveKind.OutOfPool, layer).At;
    }

    private Intent Order(Instant at, AccountDraft payer, AccountDraft wallet, AccountDraft payee, long fen, TransferMeans means, TruthMoveKind lastLeg, int layer)
    {
        var withheld = dice.Chance(wallet.Member == census.Registry.WithholdingInstitution.Code ? 600 : 40);
        var (into, outOf) = schedule.PayThroughPool(at, payer, census.Pools[wallet.Member], payee, fen, means, withheld);
        moves.Add(new MoveDraft(into, TruthMoveKind.IntoPool, layer + 1, wave));
        moves.Add(new MoveDraft(outOf, lastLeg, layer + 1, wave));
        return outOf;
    }

    private static void Arrive(List<Holding> next, AccountDraft account, long fen, Instant at)
    {
        var holding = next.Find(h => h.Account == account);
        if (holding is null) next.Add(holding = new Holding(account));
        holding.Fen += fen;
        if (at > holding.Ready) holding.Ready = at;
    }

    private void CashOut(Holding holding, int layer)
    {
        // Some of it is left to lie: somebody was arrested, or forgot.
        if (dice.Chance(80)) return;
        var at = holding.Ready + (dice.Chance(300) ? dice.Seconds(3_600, 72_000) : dice.Seconds(120, 1500));
        var rest = holding.Fen - dice.Between(0, 200 * Yuan);
        for (var i = 0; i < 12 && rest >= Least; i++)
        {
            rest -= Exit(holding.Account, rest, at, layer);
            at += dice.Seconds(40, 240);
        }
    }

    private long Exit(AccountDraft account, long rest, Instant at, int layer)
    {
        long fen;
        switch (dice.Weighted([400, 200, 150, 100, 150]))
        {
            case 0:
                fen = Math.Min(rest, dice.Between(20, 200) * 100 * Yuan) / (100 * Yuan) * (100 * Yuan);
                Move(at, account, null, fen, TransferMeans.CashWithdrawal, TruthMoveKind.CashedOut, layer);
                return fen;
            case 1:
                fen = Math.Min(rest, dice.Low(3_000 * Yuan, 60_000 * Yuan));
                Move(at, account, dice.Pick(gang.Shops).Account, fen, TransferMeans.Purchase, TruthMoveKind.Spent, layer);
                return fen;
            case 2:
                return LeaveSight(account, rest > 20_000 * Yuan ? rest / 2 : rest, at, layer);
            case 3:
                fen = Math.Min(rest, 50_000 * Yuan);
                Move(at, account, null, fen, TransferMeans.CrossBorder, TruthMoveKind.CrossedBorder, layer);
                return fen;
            default:
                return SpendByWallet(account, Math.Min(rest, dice.Low(1_000 * Yuan, 20_000 * Yuan)), at, layer);
        }
    }

    private long LeaveSight(AccountDraft account, long fen, Instant at, int layer)
    {
        var away = dice.Pick(gang.Unconnected);
        var left = Move(at, account, away, fen, TransferMeans.Account, TruthMoveKind.LeftSight, layer);
        var cash = fen / (100 * Yuan) * (100 * Yuan);
        if (cash > 0) Move(left.At + dice.Seconds(300, 3_000), away, null, cash, TransferMeans.CashWithdrawal, TruthMoveKind.CashedOut, layer + 1);
        return fen;
    }

    private long SpendByWallet(AccountDraft account, long fen, Instant at, int layer)
    {
        var wallet = dice.Pick(gang.Wallets);
        var topUp = Order(at, account, wallet, wallet, fen, TransferMeans.Account, TruthMoveKind.OutOfPool, layer);
        if (dice.Chance(650))
            Order(topUp.At + dice.Seconds(60, 900), wallet, wallet, dice.Pick(gang.Shops).Account, fen, TransferMeans.Purchase, TruthMoveKind.Spent, layer + 1);
        return fen;
    }

    private Intent Move(Instant at, AccountDraft from, AccountDraft? to, long fen, TransferMeans means, TruthMoveKind kind, int layer)
    {
        var intent = schedule.Pay(at, from, to, fen, means);
        moves.Add(new MoveDraft(intent, kind, layer + 1, wave));
        return intent;
    }

    private sealed class Holding(AccountDraft account)
    {
        public AccountDraft Account => account;
        public long Fen { get; set; }
        public Instant Ready { get; set; }
    }
}
