using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Fraud;

/// <summary>What victims tell, when, and how exactly.</summary>
internal sealed class Testimony(Census census, Schedule schedule, Dice dice)
{
    private static readonly string[] Channels = ["hotline", "police-station", "bank"];

    public void Tell(CrimeDraft crime)
    {
        // One victim in eight is ashamed, or does not notice.
        if (dice.Chance(120)) return;
        var payments = crime.Moves.Where(m => m.Kind == TruthMoveKind.Stolen).Select(m => m.Transfer).ToArray();
        var at = payments[^1].At + Delay();
        crime.Reports.Add(Report(crime, payments, at, Channels[dice.Weighted([600, 250, 150])]));
        // Some go to the bank as well: one case, told twice.
        if (dice.Chance(100)) crime.Reports.Add(Report(crime, payments, at + dice.Seconds(600, 10_000), "bank"));
    }

    private TimeSpan Delay() => dice.Weighted([420, 330, 150, 100]) switch
    {
        0 => dice.Seconds(300, 1_800),
        1 => dice.Seconds(1_800, 14_400),
        2 => dice.Seconds(14_400, 86_400),
        _ => dice.Seconds(86_400, 172_800),
    };

    private ProvinceReport Report(CrimeDraft crime, Transfer[] payments, Instant at, string channel)
    {
        var receipts = dice.Chance(800);
        var losses = payments.Select(p => new ReportedLoss(
            receipts ? p.Id : null, p.Member, p.Payer!.Value, receipts || dice.Chance(700) ? p.Payee : null, p.Amount, receipts ? p.At : Roughly(p.At))).ToImmutableArray();
        var accounts = losses.Where(l => l.Payee is not null).Select(l => l.Payee!.Value).Distinct().ToImmutableArray();
        ImmutableArray<Domain> domains = crime.Gang.Script.SendsLink ? [crime.Gang.Domain] : [];
        return new ProvinceReport(
            schedule.NextId("r-"), crime.Victim.Token, crime.Victim.Line.Number, channel, Text(crime, payments), crime.Gang.Script.Code,
            new ReportedSuspects([crime.Shown], accounts, domains), losses, at);
    }

    private static Instant Roughly(Instant at) => new(at.Micros - (at.Micros % 300_000_000));

    private string Text(CrimeDraft crime, Transfer[] payments)
    {
        var script = crime.Gang.Script;
        var texts = dice.Weighted([600, 250, 150]) switch
        {
            0 => [Fill(dice.Pick(script.Chinese), crime, payments, true)],
            1 => [Fill(dice.Pick(script.English), crime, payments, false)],
            _ => new[] { Fill(dice.Pick(script.Chinese), crime, payments, true), Fill(dice.Pick(script.English), crime, payments, false) },
        };
        return string.Join('\n', texts);
    }

    private string Fill(string template, CrimeDraft crime, Transfer[] payments, bool chinese)
    {
        var bank = census.Registry[crime.Victim.Account.Member];
        var local = Rhythm.Local(payments[0].At);
        var time = chinese
            ? local.ToString("M月d日H点m分", CultureInfo.InvariantCulture)
            : local.ToString("d MMMM, HH:mm", CultureInfo.InvariantCulture);
        var sum = payments.Sum(p => p.Amount.Minor) / Census.Yuan;
        return template
            .Replace("{phone}", National(crime.Shown), StringComparison.Ordinal)
            .Replace("{time}", time, StringComparison.Ordinal)
            .Replace("{bank}", chinese ? bank.NameZh : bank.Name, StringComparison.Ordinal)
            .Replace("{tail}", payments[0].Payee!.Value.Number[^4..], StringComparison.Ordinal)
            .Replace("{amount}", sum.ToString(chinese ? "0" : "#,0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{times}", payments.Length == 1 ? "" : chinese ? $"分{payments.Length}笔" : $" in {payments.Length} payments", StringComparison.Ordinal)
            .Replace("{domain}", crime.Gang.Domain.Name, StringComparison.Ordinal);
    }

    /// <summary>As people in the country write a number: mobile digits alone, fixed lines with a leading 0.</summary>
    private static string National(PhoneNumber number)
    {
        var digits = number.ToString()[3..];
        return digits[0] == '1' && digits.Length == 11 ? digits : "0" + digits;
    }
}
