using System.Security.Cryptography;
using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Files;
using Cordon.Simulator.Institutions;
using CsCheck;

namespace Cordon.Tests.Simulator;

public sealed class ProvinceTests
{
    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Written(7), Written(7));
        Assert.NotEqual(Written(7), Written(8));
    }

    /// <summary>A change here means that every measurement made before is of another province: say so in the change log.</summary>
    [Fact]
    public void A_seed_gives_the_same_bytes_in_every_process_and_on_every_machine() =>
        Assert.Equal("a8f574c4d4ff494cddc011cf32412c5978c45c438acf5259b7fda337b789a624", Written(1));

    [Fact]
    public void The_demo_province_has_the_size_it_promises()
    {
        var province = Province.Make(1, ProvinceOptions.Small);
        var step = province.Play().AdvanceTo(Instant.Max);
        Assert.InRange(step.Signals.Length, 60_000, 100_000);
        Assert.Equal(15, province.Truth.Victims.Length);
        Assert.InRange(step.Reports.Length, 9, 20);
        // Honest life is funded: of all transfers tried, one in fifty at most lacks the money.
        var transfers = step.Signals.Count(s => s.Kind == SignalKind.Transfer);
        Assert.True(step.Refused.Length * 50 < transfers, $"{step.Refused.Length} refused of {transfers}");
    }

    [Fact]
    public void Every_way_of_fraud_and_every_way_out_is_in_the_demo_province()
    {
        var province = Province.Make(1, ProvinceOptions.Small);
        var moves = province.Truth.Victims.SelectMany(v => v.Moves).ToArray();
        Assert.Equal(Enum.GetValues<TruthMoveKind>(), moves.Select(m => m.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<TruthLineRole>(), province.Truth.Gangs.SelectMany(g => g.Lines).Select(l => l.Role).Distinct().Order());
        Assert.Equal(Enum.GetValues<TruthMuleOrigin>(), province.Truth.Gangs.SelectMany(g => g.Mules).Select(m => m.Origin).Distinct().Order());
        string[] duties = [.. province.Truth.Victims.SelectMany(v => v.Loopholes).Select(l => l.Duty).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(
            ["cn.atf.10.line-limit", "cn.atf.12.iot-scope", "cn.atf.13.true-caller-id", "cn.atf.15.customer-due-diligence",
             "cn.atf.18.suspicious-transactions", "cn.atf.19.transaction-data", "cn.atf.9.real-name-line"], duties);
        Assert.Contains(province.Truth.StopManners, m => m.Slack);
    }

    [Fact]
    public void Every_signal_of_a_hundred_provinces_is_well_formed_and_its_id_is_its_own() => Tiny(province =>
    {
        var step = province.Play().AdvanceTo(Instant.Max);
        Assert.True(step.Signals.Length <= 3000, $"{step.Signals.Length} signals");
        var members = province.Members.ToDictionary(m => m.Code);
        var ids = new HashSet<(MemberCode, SignalKind, string)>();
        var last = Instant.Min;
        foreach (var signal in step.Signals)
        {
            Assert.True(SignalId.IsValid(signal.Id.Text));
            Assert.True(ids.Add((signal.Member, signal.Kind, signal.Id.Text)), $"{signal.Id} twice");
            Assert.True(members[signal.Member].Connected, $"{signal.Member} is out of sight");
            Assert.True(signal.At >= last);
            last = signal.At;
            CheckValues(signal);
        }
    });

    [Fact]
    public void Telephone_numbers_are_valid_ones_to_libphonenumber()
    {
        var util = PhoneNumbers.PhoneNumberUtil.GetInstance();
        var signals = Province.Make(3, ProvinceOptions.Small with { People = 400 }).Play().AdvanceTo(Instant.Max).Signals;
        var numbers = signals.OfType<Call>().SelectMany(c => new[] { c.Caller, c.Callee })
            .Concat(signals.OfType<Subscription>().Select(s => s.Line)).Distinct();
        var bad = numbers.Where(n => !util.IsValidNumber(util.Parse(n.ToString(), null))).Select(n => n.ToString()).ToArray();
        Assert.Empty(bad);
    }

    [Fact]
    public void A_report_reads_as_its_victim_would_write_it()
    {
        foreach (var report in Province.Make(1, ProvinceOptions.Small).Reports)
        {
            Assert.DoesNotContain('{', report.Text);
            Assert.InRange(report.Text.Length, 30, 900);
            Assert.All(report.Losses, l => Assert.True(l.At < report.ReportedAt));
        }
    }

    [Theory]
    [InlineData(39, 1, 1, 1)]
    [InlineData(60, 0, 1, 1)]
    [InlineData(60, 2, 7, 1)]
    [InlineData(60, 2, 3, 4)]
    public void Options_outside_their_limits_are_refused(int people, int days, int victims, int gangs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Province.Make(1, new() { People = people, Days = days, Victims = victims, Gangs = gangs }));

    [Fact]
    public void The_regions_are_a_tree_and_every_member_stands_in_it()
    {
        var province = Province.Make(1, ProvinceOptions.Tiny);
        var codes = new HashSet<string>();
        foreach (var region in province.Regions)
        {
            Assert.True(region.Parent is null ? region.Level == RegionLevel.Province : codes.Contains(region.Parent));
            Assert.True(codes.Add(region.Code));
        }
        Assert.All(province.Members, m => Assert.Contains(m.Region, codes));
        Assert.All(province.Members.SelectMany(m => m.Agents), a => Assert.Contains(a.Region, codes));
    }

    internal static void Tiny(Action<Province> check) =>
        Gen.ULong.Sample(seed => check(Province.Make(seed, ProvinceOptions.Tiny)), iter: 100, threads: 1);

    private static void CheckValues(Signal signal)
    {
        switch (signal)
        {
            case Call call:
                Phone(call.Caller);
                Phone(call.Callee);
                Assert.True(call.DurationSeconds >= 0);
                Assert.Equal(call.Origin == CallOrigin.InternationalTrunk, call.Trunk is not null);
                break;
            case Transfer transfer:
                Assert.True(transfer.Amount.Minor > 0);
                Assert.True(transfer.Payer is not null || transfer.Payee is not null);
                Assert.NotEqual(transfer.Payer, transfer.Payee);
                foreach (var account in new[] { transfer.Payer, transfer.Payee })
                    Assert.True(account is null || (AccountNumber.TryParse(account.Value.ToString(), out var read) && read == account));
                break;
            case Subscription subscription:
                Phone(subscription.Line);
                Assert.True(subscription.Device is null || Device.TryParse(subscription.Device.Value.ToString(), out _));
                Assert.True(subscription.Person is null || PersonToken.TryParse(subscription.Person.Value.ToString(), out _));
                break;
        }
    }

    private static void Phone(PhoneNumber number) => Assert.True(PhoneNumber.TryParse(number.ToString(), out var read) && read == number, number.ToString());

    private static string Written(ulong seed)
    {
        var folder = Directory.CreateTempSubdirectory("cordon-province-");
        try
        {
            ProvinceFiles.Write(Province.Make(seed, ProvinceOptions.Tiny), folder.FullName);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var file in folder.GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
                hash.AppendData(File.ReadAllBytes(file.FullName));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
