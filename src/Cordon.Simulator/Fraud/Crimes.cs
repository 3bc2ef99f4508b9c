using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Fraud;

/// <summary>Calls people, takes the victims' money, hands it to the laundry and lets the victims tell.</summary>
internal sealed class Crimes(Census census, Schedule schedule, Recruiter recruiter, ProvinceOptions options, Rhythm rhythm, Dice dice)
{
    private const long Yuan = Census.Yuan;

    private readonly Laundry laundry = new(census, schedule, dice.Fork(1));
    private readonly Testimony testimony = new(census, schedule, dice.Fork(2));

    public CrimeDraft Commit(int index, GangDraft gang)
    {
        var means = gang.Means[index / options.Gangs % gang.Means.Length];
        var victim = recruiter.Uninvolved(connectedBank: true);
        var line = means == TruthLineRole.Spoofed ? null : dice.Pick(gang.Lines[means]);
        var crime = new CrimeDraft { Index = index, Gang = gang, Victim = victim, Means = means, Line = line, Shown = line?.Number ?? census.Numbers.Spoofed() };
        if (line is null) gang.SpoofedNumbers.Add(new TruthLine(crime.Shown, census.Registry.LaxGateway.Code, means, null));
        Persuade(crime);
        testimony.Tell(crime);
        return crime;
    }

    /// <summary>The calls that come to nothing: most of what a gang does, and what gives its lines away.</summary>
    public void CallInVain(GangDraft gang)
    {
        for (var day = 0; day < options.Days; day++)
        {
            for (var i = Math.Max(6, options.People / 50); i > 0; i--)
            {
                var means = dice.Pick(gang.Means);
                var seconds = dice.Chance(400) ? 0 : (int)dice.Low(4, 150);
                var callee = dice.Pick(census.People).Line.Number;
                var at = rhythm.Fraud(day, dice);
                if (means == TruthLineRole.Spoofed) CallSpoofed(at, census.Numbers.Spoofed(), callee, seconds);
                else schedule.Call(at, dice.Pick(gang.Lines[means]), callee, seconds);
            }
        }
    }

    private void Persuade(CrimeDraft crime)
    {
        var at = rhythm.Fraud(dice.Below(Math.Max(1, options.Days - 1)), dice);
        Call(crime, at, dice.Between(90, 400));
        at += dice.Seconds(900, 5_400);
        if (crime.Gang.Script.SendsLink)
            schedule.Text(at - dice.Seconds(60, 600), crime.Line?.Member ?? census.Registry.LaxGateway.Code, crime.Shown, crime.Victim.Line.Number, crime.Gang.Domain);
        var call = Call(crime, at, dice.Between(1_200, 4_500));
        at += dice.Seconds(300, 900);

        var script = crime.Gang.Script;
        var total = dice.Low(script.LeastYuan, script.MostYuan) / 100 * 100 * Yuan;
        // Whoever is robbed of it has it, and lives on.
        crime.Victim.Account.Opening += total + (30_000 * Yuan);
        var payments = dice.Between(1, 3);
        for (var wave = 0; wave < payments; wave++)
        {
            var fen = wave == payments - 1 ? total : total / (payments - wave) / (100 * Yuan) * (100 * Yuan);
            total -= fen;
            var first = dice.Pick(crime.Gang.Layers[0]);
            var theft = schedule.Pay(at, crime.Victim.Account, first, fen, TransferMeans.Account, cause: call);
            laundry.Launder(crime, first, theft, wave);
            at += dice.Seconds(180, 1500);
        }
    }

    private Intent Call(CrimeDraft crime, Instant at, int seconds)
    {
        var callee = crime.Victim.Line.Number;
        var call = crime.Line is null ? CallSpoofed(at, crime.Shown, callee, seconds) : schedule.Call(at, crime.Line, callee, seconds);
        crime.Calls.Add(call);
        return call;
    }

    private Intent CallSpoofed(Instant at, PhoneNumber shown, PhoneNumber callee, int seconds) =>
        schedule.CallFromAbroad(at, census.Registry.LaxGateway.Code, shown, callee, false, null, seconds);
}
