using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.Institutions;

/// <summary>The institutions of the province. They are the same for every seed; what differs is who of them is slack.</summary>
internal sealed class Registry
{
    private static readonly (string Code, string En, string Zh, (string En, string Zh)[] Counties)[] Cities =
    [
        ("yz-mc", "Mingchuan", "明川市", [("Dongpu", "东蒲县"), ("Shiye", "石页县"), ("Qiaoxi", "桥汐区")]),
        ("yz-wg", "Wanggang", "望泷市", [("Hebu", "禾埠县"), ("Nanxu", "楠墟县"), ("Yanting", "砚汀区")]),
        ("yz-qb", "Qingbo", "青泊市", [("Shuangta", "双榻县"), ("Luowan", "萝湾县"), ("Beiyu", "北屿区")]),
    ];

    private static readonly (string En, string Zh)[] Surnames =
        [("Zhao", "赵"), ("Qian", "钱"), ("Sun", "孙"), ("Li", "李"), ("Zhou", "周"), ("Wu", "吴"), ("Zheng", "郑"), ("Wang", "王"), ("Feng", "冯"), ("Chen", "陈"), ("Shen", "沈"), ("Han", "韩")];

    private static readonly (string En, string Zh)[] GivenNames =
        [("Mingyuan", "明远"), ("Ruolan", "若岚"), ("Zihe", "子禾"), ("Jianqiu", "见秋"), ("Yutong", "雨桐"), ("Siqi", "思齐"), ("Huaijin", "怀瑾"), ("Anran", "安然"), ("Wenbo", "文博"), ("Xiaotang", "晓棠")];

    private readonly Dictionary<MemberCode, ProvinceMember> byCode;
    private readonly Dice dice;

    public Registry(Dice dice)
    {
        this.dice = dice;
        Regions = MakeRegions();
        Members = MakeMembers();
        byCode = Members.ToDictionary(m => m.Code);
        Operators = Of(ProvinceSector.Telecom);
        VirtualOperators = Of(ProvinceSector.VirtualOperator);
        ConnectedBanks = [.. Of(ProvinceSector.Bank).Where(b => b.Connected)];
        UnconnectedBanks = [.. Of(ProvinceSector.Bank).Where(b => !b.Connected)];
        PaymentInstitutions = Of(ProvinceSector.PaymentInstitution);
        LaxAgents = [.. VirtualOperators.Select(m => dice.Pick(m.Agents))];
        var laxBank = dice.Pick(ConnectedBanks);
        LaxBranch = (laxBank, dice.Pick(laxBank.Agents));
        WithholdingInstitution = dice.Pick(PaymentInstitutions);
        LaxGateway = dice.Pick(Operators);
        LaxIotSeller = dice.Pick(Operators);
        SlackBank = dice.Pick(ConnectedBanks);
    }

    public ImmutableArray<ProvinceRegion> Regions { get; }

    public ImmutableArray<ProvinceMember> Members { get; }

    public ImmutableArray<ProvinceMember> Operators { get; }

    public ImmutableArray<ProvinceMember> VirtualOperators { get; }

    public ImmutableArray<ProvinceMember> ConnectedBanks { get; }

    public ImmutableArray<ProvinceMember> UnconnectedBanks { get; }

    public ImmutableArray<ProvinceMember> PaymentInstitutions { get; }

    /// <summary>One reseller of each virtual operator sells without a name.</summary>
    public ImmutableArray<ProvinceAgent> LaxAgents { get; }

    /// <summary>The branch that opens accounts without looking.</summary>
    public (ProvinceMember Bank, ProvinceAgent Branch) LaxBranch { get; }

    /// <summary>The payment institution that keeps order references to itself.</summary>
    public ProvinceMember WithholdingInstitution { get; }

    /// <summary>The operator whose international gateway lets domestic numbers in.</summary>
    public ProvinceMember LaxGateway { get; }

    /// <summary>The operator that sells IoT cards without locking what they may do.</summary>
    public ProvinceMember LaxIotSeller { get; }

    /// <summary>The bank that answers stop-payment orders late or not at all.</summary>
    public ProvinceMember SlackBank { get; }

    public ImmutableArray<ProvinceRegion> Counties => [.. Regions.Where(r => r.Level == RegionLevel.County)];

    public ProvinceMember this[MemberCode code] => byCode[code];

    private ImmutableArray<ProvinceMember> Of(ProvinceSector sector) => [.. Members.Where(m => m.Sector == sector)];

    private static ImmutableArray<ProvinceRegion> MakeRegions()
    {
        var regions = ImmutableArray.CreateBuilder<ProvinceRegion>();
        regions.Add(new("yz", RegionLevel.Province, null, "Yunze Province", "云泽省"));
        foreach (var (code, en, zh, counties) in Cities)
        {
            regions.Add(new(code, RegionLevel.City, "yz", en, zh));
            for (var i = 0; i < counties.Length; i++)
                regions.Add(new($"{code}-{i + 1}", RegionLevel.County, code, counties[i].En, counties[i].Zh));
        }
        return regions.ToImmutable();
    }

    private ImmutableArray<ProvinceMember> MakeMembers()
    {
        var members = ImmutableArray.CreateBuilder<ProvinceMember>();
        void Add(string code, ProvinceSector sector, string en, string zh, int agents = 0, bool connected = true, string? host = null, string region = "yz") =>
            members.Add(new(MemberCode.Parse(code), sector, region, en, zh, connected, host is null ? null : MemberCode.Parse(host), Agents(code, sector, agents), Officers()));

        Add("telecom-a", ProvinceSector.Telecom, "Huanyue Telecom", "环樾电信", 3);
        Add("telecom-b", ProvinceSector.Telecom, "Lanqiao Mobile", "岚桥移动", 3);
        Add("mvno-a", ProvinceSector.VirtualOperator, "Xinghe Link", "星禾互联通信", 4, host: "telecom-a");
        Add("mvno-b", ProvinceSector.VirtualOperator, "Kuaixun Card", "快洵通信", 4, host: "telecom-b");
        Add("bank-a", ProvinceSector.Bank, "Yunze Commercial Bank", "云泽商业银行", 5);
        Add("bank-b", ProvinceSector.Bank, "Mingchuan Rural Bank", "明川农商银行", 4);
        Add("bank-c", ProvinceSector.Bank, "Ferry Bank", "渡汀银行", 4);
        Add("bank-d", ProvinceSector.Bank, "Begonia Bank", "海棠汇银行", 4);
        Add("bank-e", ProvinceSector.Bank, "Farpeak Village Bank", "远岫村镇银行", 2, connected: false);
        Add("pay-a", ProvinceSector.PaymentInstitution, "Hefu Pay", "禾付通");
        Add("pay-b", ProvinceSector.PaymentInstitution, "Firefly Pay", "流萤支付");
        Add("platform-a", ProvinceSector.Platform, "Miji", "觅集网");
        Add("police-yz", ProvinceSector.Police, "Yunze Police Department", "云泽省公安厅");
        Add("regulator-telecom", ProvinceSector.Regulator, "Yunze Communications Administration", "云泽省通信管理局");
        Add("regulator-finance", ProvinceSector.Regulator, "Yunze Financial Regulator", "云泽省金融监管局");
        Add("joint-office", ProvinceSector.JointOffice, "Yunze Anti-fraud Joint Office", "云泽省反诈联席办");
        Add("gov-yz", ProvinceSector.Government, "Government of Yunze", "云泽省人民政府");
        foreach (var (code, en, zh, _) in Cities)
            Add("gov-" + code[3..], ProvinceSector.Government, "Government of " + en, zh + "人民政府", region: code);
        return members.ToImmutable();
    }

    private ImmutableArray<ProvinceAgent> Agents(string member, ProvinceSector sector, int count)
    {
        var (en, zh) = sector switch
        {
            ProvinceSector.Bank => ("branch", "支行"),
            ProvinceSector.VirtualOperator => ("reseller", "代理点"),
            _ => ("shop", "营业厅"),
        };
        var counties = Counties;
        var first = dice.Below(counties.Length);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var county = counties[(first + (i * 2)) % counties.Length];
            return new ProvinceAgent($"{member}-{en}-{i + 1}", county.Code, $"{county.Name} {en}", county.NameZh + zh);
        })];
    }

    private ImmutableArray<ProvinceOfficer> Officers() => [Officer("principal"), Officer("inCharge"), Officer("direct")];

    private ProvinceOfficer Officer(string role)
    {
        var (familyEn, familyZh) = dice.Pick(Surnames);
        var (givenEn, givenZh) = dice.Pick(GivenNames);
        return new(role, $"{givenEn} {familyEn}", familyZh + givenZh);
    }
}
