using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Fraud;

/// <summary>Names the duties whose failure let a fraud happen, link by link, from what was planted and not from what is seen.</summary>
internal static class Loopholes
{
    private const long FastMoneyFen = 2_000_000;
    private static readonly TimeSpan FastTime = TimeSpan.FromMinutes(30L);

    public static ImmutableArray<TruthLoophole> Of(CrimeDraft crime, Census census)
    {
        var found = new List<TruthLoophole>();
        ByCall(crime, census, found);
        ByBoundLines(crime, census, found);
        foreach (var mule in crime.Gang.Mules)
            if (mule.Origin == TruthMuleOrigin.FalseName && crime.Moves.Exists(m => m.Transfer.Payee == mule.Account.Number))
                found.Add(new("cn.atf.15.customer-due-diligence", mule.Account.Member, mule.Account.Branch, "account", mule.Account.Number.ToString()));
        foreach (var account in FastAccounts(crime, census))
            found.Add(new("cn.atf.18.suspicious-transactions", account.Member, null, "account", account.ToString()));
        foreach (var move in crime.Moves)
            if (move.Transfer.Payer is { } payer && census.Pools.TryGetValue(payer.Member, out var pool) && pool.Number == payer && move.Transfer.OrderReference is null)
                found.Add(new("cn.atf.19.transaction-data", payer.Member, null, "transfer", move.Transfer.Id.ToString()));
        return [.. found];
    }

    private static void ByCall(CrimeDraft crime, Census census, List<TruthLoophole> found)
    {
        var number = crime.Shown.ToString();
        switch (crime.Means)
        {
            case TruthLineRole.Spoofed:
                foreach (var call in crime.Calls)
                    found.Add(new("cn.atf.13.true-caller-id", census.Registry.LaxGateway.Code, null, "call", call.Signal.Id.ToString()));
                break;
            case TruthLineRole.IotVoice:
                found.Add(new("cn.atf.12.iot-scope", crime.Line!.Member, null, "line", number));
                break;
            case TruthLineRole.Unverified:
                found.Add(new("cn.atf.9.real-name-line", crime.Line!.Member, crime.Line.Agent, "line", number));
                break;
            default:
                found.Add(new("cn.atf.10.line-limit", crime.Line!.Member, crime.Line.Agent, "line", number));
                break;
        }
    }

    /// <summary>The telephone lines bound to the accounts that the money reached: an account is opened and steered by one.</summary>
    private static void ByBoundLines(CrimeDraft crime, Census census, List<TruthLoophole> found)
    {
        var reached = crime.Moves.Select(m => m.Transfer.Payee).ToHashSet();
        var bound = crime.Gang.Mules.Where(m => reached.Contains(m.Account.Number) && m.Account.Line is not null).Select(m => m.Account.Line!.Value).Distinct();
        foreach (var number in bound)
        {
            var line = census.Lines.First(l => l.Number == number);
            var duty = line.Identity == IdentityCheck.NotVerified ? "cn.atf.9.real-name-line" : OverLimit(line, census) ? "cn.atf.10.line-limit" : null;
            if (duty is not null && !found.Exists(f => f.Duty == duty && f.Subject == number.ToString()))
                found.Add(new(duty, line.Member, line.Agent, "line", number.ToString()));
        }
    }

    private static bool OverLimit(LineDraft line, Census census) => line.Kind == LineKind.Mobile && line.Person is not null
        && census.Lines.Count(l => l.Person == line.Person && l.Member == line.Member && l.Kind == LineKind.Mobile) > Recruiter.LineLimit;

    /// <summary>Bank accounts where 20,000 yuan or more of one wave came in and nine tenths of it left within 30 minutes of the last arrival.</summary>
    private static IEnumerable<AccountNumber> FastAccounts(CrimeDraft crime, Census census)
    {
        var seen = new HashSet<AccountNumber>();
        foreach (var wave in crime.Moves.GroupBy(m => m.Wave))
        {
            foreach (var mule in crime.Gang.Mules)
            {
                if (mule.Layer == 0 || !census.Registry[mule.Account.Member].Connected) continue;
                var account = mule.Account.Number;
                var arrivals = wave.Where(m => m.Transfer.Payee == account).ToArray();
                var arrived = arrivals.Sum(m => m.Transfer.Amount.Minor);
                if (arrived < FastMoneyFen) continue;
                var until = arrivals.Max(m => m.Transfer.At) + FastTime;
                var left = wave.Where(m => m.Transfer.Payer == account && m.Transfer.At <= until).Sum(m => m.Transfer.Amount.Minor);
                if (left * 10 >= arrived * 9 && seen.Add(account)) yield return account;
            }
        }
    }
}
