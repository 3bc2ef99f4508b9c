using System.Text.Json;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Duties;

public sealed class DutyPackTests
{
    private static DutyPack Pack => ShippedPack.Cn;

    [Theory]
    [MemberData(nameof(ShippedPack.Jurisdictions), MemberType = typeof(ShippedPack))]
    public void A_pack_that_ships_loads_without_a_fault_and_is_named_as_its_folder(string jurisdiction)
    {
        Assert.Empty(DutyPack.Load(ShippedPack.FolderOf(jurisdiction)).Faults);
        var pack = ShippedPack.Of(jurisdiction);
        Assert.Equal(jurisdiction, pack.Id);
        Assert.All(pack.Duties, d => Assert.StartsWith(jurisdiction + ".", d.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Four_jurisdictions_ship_and_mainland_China_with_at_least_forty_duties_in_force()
    {
        Assert.Superset(new HashSet<string> { "au", "cn", "sg", "uk" }, ShippedPack.Jurisdictions.Select(row => row.Data).ToHashSet());
        Assert.True(Pack.DutiesInForce(At("2026-03-01T00:00:00Z")).Count() >= 40);
        Assert.Equal(6, ShippedPack.Of("au").DutiesInForce(At("2026-07-01T00:00:00Z")).Count());
        Assert.Empty(ShippedPack.Of("au").DutiesInForce(At("2026-06-30T13:59:59Z")));
    }

    [Theory]
    [InlineData("6")]
    [InlineData("9")]
    [InlineData("13")]
    [InlineData("20")]
    [InlineData("31")]
    [InlineData("32")]
    public void The_articles_of_the_law_from_6_to_32_that_oblige_somebody_are_duties(string article) =>
        Assert.Contains(Pack.Duties, d => d.Source.Instrument?.Id == "cn-atf" && d.Source.Article == article);

    [Theory]
    [InlineData("cn.six.real-name-rate", "percent", "2016-12-31T15:59:59Z", 96, 100)]
    [InlineData("cn.pboc261.sellers-barred", "openingYears", "2019-03-31T15:59:59Z", 3, 5)]
    public void A_number_that_a_later_notice_changed_changes_at_midnight_of_its_day(string id, string number, string before, long was, long becomes)
    {
        var last = At(before);
        Assert.Equal(was, Pack.Find(id, last)!.Threshold![number]);
        Assert.Equal(becomes, Pack.Find(id, last + TimeSpan.FromSeconds(1))!.Threshold![number]);
    }

    [Theory]
    [MemberData(nameof(ShippedPack.Jurisdictions), MemberType = typeof(ShippedPack))]
    public void Every_sanction_and_instrument_of_a_shipped_pack_serves_something(string jurisdiction)
    {
        var pack = ShippedPack.Of(jurisdiction);
        var followed = pack.Duties.SelectMany(d => d.Follows).Select(f => f.Sanction.Id).ToHashSet();
        Assert.All(pack.Sanctions, s => Assert.Contains(s.Id, followed));
        var cited = pack.Duties.SelectMany(d => new[] { d.Source, d.Threshold?.Source }).Concat(pack.Sanctions.Select(s => s.Source))
            .Select(s => s?.Instrument?.Id).ToHashSet();
        Assert.All(pack.Instruments, i => Assert.Contains(i.Id, cited));
    }

    [Fact]
    public void Every_sector_of_the_chain_owes_something()
    {
        var owing = Pack.Duties.SelectMany(d => d.Owes.Sectors).ToHashSet();
        Assert.Superset(
            new HashSet<Sector>
            {
                Sector.TelecomOperator, Sector.VirtualOperator, Sector.Bank, Sector.PaymentInstitution, Sector.InternetPlatform, Sector.Police,
            },
            owing);
    }

    [Theory]
    [InlineData("cn.atf.13.true-caller-id", "13", LinkKind.Call)]
    [InlineData("cn.atf.9.real-name-line", "9", LinkKind.Line)]
    [InlineData("cn.atf.10.line-limit", "10", LinkKind.Line)]
    [InlineData("cn.atf.12.iot-scope", "12", LinkKind.Line)]
    [InlineData("cn.atf.15.customer-due-diligence", "15", LinkKind.Account)]
    [InlineData("cn.atf.18.suspicious-transactions", "18", LinkKind.Account)]
    [InlineData("cn.atf.19.transaction-data", "19", LinkKind.Pool)]
    [InlineData("cn.atf.20.stop-payment", "20", LinkKind.Order)]
    public void A_duty_that_others_name_keeps_its_id_and_article(string id, string article, LinkKind link)
    {
        var duty = Pack.Find(id, At("2026-03-01T00:00:00Z"));
        Assert.NotNull(duty);
        Assert.Equal(article, duty.Source.Article);
        Assert.Equal(SourceTier.Law, duty.Source.Tier);
        Assert.Equal(SourceMark.Primary, duty.Source.Mark);
        Assert.Equal(link, duty.Link);
        Assert.True(ControlCatalogue.Of(duty.Control).Measured);
    }

    [Theory]
    [MemberData(nameof(ShippedPack.Jurisdictions), MemberType = typeof(ShippedPack))]
    public void Only_a_law_whose_text_was_read_is_marked_primary(string jurisdiction)
    {
        string[] read = ["cn-atf", "cn-aml", "uk-si-1013"];
        var pack = ShippedPack.Of(jurisdiction);
        var sources = pack.Duties.SelectMany(d => new[] { d.Source, d.Threshold?.Source }.OfType<DutySource>()).Concat(pack.Sanctions.Select(s => s.Source))
            .Concat(pack.Liability.Select(t => t.Source)).Concat(pack.Liability.SelectMany(t => t.Numbers).Select(n => n.Number.Source));
        Assert.All(sources, s => Assert.Equal(read.Contains(s.Instrument?.Id), s.Mark == SourceMark.Primary));
    }

    [Fact]
    public void What_no_source_fixes_is_marked_practice_or_ours()
    {
        var now = At("2026-03-01T00:00:00Z");
        Assert.Equal(SourceTier.Practice, Pack.Find("cn.atf.20.stop-payment", now)!.Threshold!.Source.Tier);
        Assert.Equal(SourceTier.Ours, Pack.Find("cn.atf.18.suspicious-transactions", now)!.Threshold!.Source.Tier);
    }

    [Fact]
    public void The_law_is_in_force_from_midnight_in_its_own_country_and_not_before()
    {
        const string RealName = "cn.atf.9.real-name-line";
        Assert.Null(Pack.Find(RealName, At("2022-11-30T15:59:59.999999Z")));
        Assert.NotNull(Pack.Find(RealName, At("2022-11-30T16:00:00Z")));
        Assert.NotNull(Pack.Find("cn.six.real-name-line", At("2022-11-30T15:59:59.999999Z")));
        Assert.Null(Pack.Find("cn.six.real-name-line", At("2022-11-30T16:00:00Z")));
    }

    [Fact]
    public void The_hash_ignores_comments_order_and_spacing()
    {
        var first = Read(Sample.Pack());
        var second = Read("# a comment\n" + Sample.Pack(Sample.Duty("b"), Sample.Duty("a")).Replace("zh-CN: 题, en: title", "en:   title,  zh-CN: 题", StringComparison.Ordinal));
        Assert.Equal(Read(Sample.Pack(Sample.Duty("a"), Sample.Duty("b"))).Hash, second.Hash);
        Assert.NotEqual(first.Hash, second.Hash);
        Assert.Matches("^[0-9a-f]{64}$", first.Hash);
    }

    [Theory]
    [InlineData("lines: 5", "lines: 6")]
    [InlineData("from: 2020-01-01", "from: 2020-01-02")]
    [InlineData("agents: true", "agents: false")]
    [InlineData("mark: S", "mark: P")]
    [InlineData("item: \"2\"", "item: \"3\"")]
    [InlineData("to: 50", "to: 51")]
    [InlineData("where: here", "where: there")]
    [InlineData("zh-CN: 题", "zh-CN: 题目")]
    public void The_hash_changes_with_whatever_a_duty_says(string was, string becomes)
    {
        var text = Sample.Pack();
        Assert.Contains(was, text, StringComparison.Ordinal);
        Assert.NotEqual(Read(text).Hash, Read(text.Replace(was, becomes, StringComparison.Ordinal)).Hash);
    }

    [Fact]
    public void Versions_that_follow_one_another_are_one_duty_of_which_one_is_in_force()
    {
        var pack = Read(Sample.Pack(
            Sample.Duty("a", "{ from: 2020-01-01, to: 2022-01-01 }", lines: 5),
            Sample.Duty("a", "{ from: 2022-01-01 }", lines: 3)));
        Assert.Equal(5, pack.Find("a", At("2021-12-31T23:59:59Z"))!.Threshold!["lines"]);
        Assert.Equal(3, pack.Find("a", At("2022-01-01T00:00:00Z"))!.Threshold!["lines"]);
        Assert.Single(pack.DutiesInForce(At("2022-01-01T00:00:00Z")));
        Assert.Empty(pack.DutiesInForce(At("2019-12-31T23:59:59Z")));
    }

    [Fact]
    public void The_schema_and_the_loader_know_the_same_words()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(ShippedPack.PathOf("packs", "duties.schema.json")));
        var definitions = schema.RootElement.GetProperty("$defs");
        Assert.Equal(Words.All<Sector>(), Enum(definitions.GetProperty("sector")));
        Assert.Equal(Words.All<LinkKind>(), Enum(definitions.GetProperty("link")));
        Assert.Equal(Words.All<DutyControl>(), Enum(definitions.GetProperty("control")));
        var liability = definitions.GetProperty("liability").GetProperty("properties");
        Assert.Equal(Words.All<LiabilityModel>(), Enum(liability.GetProperty("model")));
        Assert.Equal(Words.All<LiabilityParty>(), Enum(liability.GetProperty("steps").GetProperty("items").GetProperty("properties").GetProperty("bears")));
        Assert.Equal(Words.All<Circumstance>(), Enum(liability.GetProperty("excludes").GetProperty("items").GetProperty("properties").GetProperty("circumstance")));
        Assert.Equal(Words.All<SourceTier>(), Enum(definitions.GetProperty("source").GetProperty("properties").GetProperty("tier")));
        var rules = definitions.GetProperty("duty").GetProperty("allOf").EnumerateArray().ToDictionary(
            r => r.GetProperty("if").GetProperty("properties").GetProperty("control").GetProperty("const").GetString()!,
            r => r.GetProperty("then"));
        foreach (var control in System.Enum.GetValues<DutyControl>())
        {
            var entry = ControlCatalogue.Of(control);
            var properties = rules[Words.Of(control)].GetProperty("properties");
            Assert.Equal(Words.Of(entry.Link), properties.GetProperty("link").GetProperty("const").GetString());
            Assert.Equal(entry.Measured || entry.OverTime, properties.TryGetProperty("unmeasured", out _));
            var threshold = properties.GetProperty("threshold");
            if (entry.Thresholds.IsEmpty) Assert.Equal(JsonValueKind.False, threshold.ValueKind);
            else Assert.Equal([.. entry.Thresholds.Select(t => t.Name), "source"], threshold.GetProperty("required").EnumerateArray().Select(e => e.GetString()!));
        }

        static IEnumerable<string> Enum(JsonElement element) => element.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!);
    }

    private static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new FormatException(text);

    private static DutyPack Read(string yaml)
    {
        var reading = DutyPackReader.Read(yaml);
        Assert.Empty(reading.Faults);
        return reading.Pack!;
    }
}
