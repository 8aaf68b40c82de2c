"""The templates in Chinese, named after the paper ones."""

from __future__ import annotations

from store.templates import OWN, CardTemplate, DutyTemplate

D = DutyTemplate
DAILY = "每日17:00群内同步进度, 每周三17:00短会"
WEEKLY = "每周五下班前群内同步进度, 每周三17:00例会"

TEMPLATES = (
    CardTemplate(
        id="launch", name="新产品上市", category="project", type="special", priority="high", days=60,
        goal="完成新品上市推广, 曝光量≥100万, 转化率≥5%",
        scope="上市区域的线上与线下推广; 不含海外渠道",
        deliverables="推广方案终稿; 物料源文件; 上市总结报告",
        acceptance_criteria="曝光量与转化率达到目标值, 数据由市场部后台导出",
        resources="预算20万元; 设计助理1名; 展示设备3套", mechanism=DAILY, regular_meeting="weekly", meeting_day=2,
        meeting_at="17:00",
        duties=(
            D(OWN, "项目专员", "制定推广方案并完成活动物料文案", "方案终稿经总负责人签字, 提前3天提交"),
            D("市场部", "市场专员", "完成活动物料设计与投放", "物料终稿经品牌组确认, 提前3天提交"),
            D("销售部", "大区经理", "在活动前3天完成区域门店物料布置", "提供布置照片反馈"),
            D("产品部", "产品经理", "提供最终产品参数", "参数表V1.0, 提前3天提交"),
            D("客服部", "客服组长", "完成话术培训", "全员考核通过并提交名单"),
        ),
        milestones=(("推广方案定稿", "第10个工作日"), ("物料到店", "第30个工作日"), ("活动上线", "第42个工作日")),
    ),
    CardTemplate(
        id="campaign", name="市场活动", category="project", type="special", priority="high", days=30,
        goal="到场200人, 有效线索80条",
        scope="活动策划、物料、现场执行与线索跟进; 不含后续成交",
        deliverables="活动方案; 主视觉源文件; 线索清单; 复盘报告",
        acceptance_criteria="线索清单经销售部核对, 数量达到目标值",
        resources="预算5万元; 场地1处; 现场人员6名", mechanism=DAILY, regular_meeting="weekly", meeting_day=2,
        meeting_at="17:00",
        duties=(
            D(OWN, "活动负责人", "制定活动方案与排期并统筹现场", "方案与排期表经总负责人签字"),
            D("设计部", "设计师", "输出主视觉3版初稿并定稿", "源文件+PDF, 修改不超过2次"),
            D("销售部", "渠道主管", "邀请客户并在3天内跟进线索", "邀约名单与线索跟进表"),
            D("财务部", "会计", "审核活动预算并完成付款", "付款凭证, 提交后2个工作日内完成"),
        ),
        milestones=(("方案定稿", "第5个工作日"), ("主视觉定稿", "第12个工作日"), ("活动举行", "第22个工作日")),
    ),
    CardTemplate(
        id="collect", name="月度素材收集", category="project", type="routine", days=8, cadence="weekly",
        recurs="monthly", kickoff=False, goal="各小组本月工作亮点及问题收齐, 截止日零缺交",
        scope="本月工作亮点、数据与问题; 不含财务数据", deliverables="月度部门工作总结素材包",
        acceptance_criteria="各小组素材齐全, 格式按模板, 由发起人核对", resources="各部门1人, 每人2小时",
        mechanism=WEEKLY,
        duties=(
            D(OWN, "专员", "发出素材模板并汇总成册", "素材包PDF, 每月25日前提交"),
            D("市场部", "市场专员", "收集并提交市场组工作素材", "按模板填写的素材表, 数据到月末"),
            D("销售部", "销售内勤", "收集并提交销售组工作素材", "按模板填写的素材表, 数据到月末"),
        ),
        milestones=(("素材齐全", "第5个工作日"),),
    ),
    CardTemplate(
        id="rush", name="紧急上线", category="project", type="urgent", priority="high", days=5, cadence="realtime",
        kickoff=False, response_limit_hours=2, goal="48小时内上线, 核心功能可用, 零严重缺陷",
        scope="上线所需的开发、测试与公告; 不含后续优化", deliverables="上线版本; 测试报告; 上线公告",
        acceptance_criteria="测试报告无严重缺陷, 上线后2小时无告警", resources="开发2名、测试1名, 值班至上线",
        mechanism="专项群实时同步, 每4个工作小时一次",
        duties=(
            D(OWN, "项目负责人", "确定上线范围并发布公告", "范围清单与公告终稿"),
            D("技术部", "开发工程师", "完成开发、测试与部署", "上线版本与测试报告"),
            D("客服部", "值班组长", "准备答复口径并值守", "答复口径1份, 值班表"),
        ),
    ),
    CardTemplate(
        id="digital", name="数字化转型", category="process_improvement", type="special", priority="high", days=90,
        cadence="weekly", goal="3条业务流程上线系统, 人工录入时间减少50%",
        scope="列入清单的业务流程; 不含硬件采购", deliverables="需求说明书; 原型设计稿; 上线版本; 培训记录",
        acceptance_criteria="清单中的流程在系统中跑通一个完整周期",
        resources="预算30万元; 关键用户每部门1名; 测试环境1套",
        mechanism=WEEKLY, regular_meeting="weekly", meeting_day=2, meeting_at="17:00",
        duties=(
            D(OWN, "业务负责人", "梳理流程并确认需求", "需求说明书经各部门负责人签字"),
            D("技术部", "研发经理", "完成原型设计并开发上线", "原型设计稿V1与上线版本"),
            D("人事部", "培训专员", "组织操作培训与考核", "考核通过名单"),
        ),
        milestones=(("原型设计初稿", "第10个工作日"), ("联合评审", "第12个工作日"), ("上线", "第60个工作日")),
    ),
    CardTemplate(
        id="approval", name="审批流程简化", category="process_improvement", type="routine", days=20, cadence="weekly",
        goal="审批节点由7个减到4个, 平均用时不超过2个工作日",
        scope="费用与采购两类审批; 不含合同审批", deliverables="新流程图; 权限表; 操作说明",
        acceptance_criteria="新流程运行2周, 平均用时达到目标值", resources="各部门接口人1名; 系统配置4小时",
        mechanism=WEEKLY,
        duties=(
            D(OWN, "流程负责人", "绘制现行与新流程图并征求意见", "流程图V1.0与意见汇总表"),
            D("财务部", "财务主管", "核定审批权限与金额档", "权限表经分管领导签字"),
            D("技术部", "系统管理员", "在系统中配置新流程", "配置完成并通过3个测试单据"),
        ),
        milestones=(("新流程图定稿", "第8个工作日"), ("系统配置完成", "第15个工作日")),
    ),
    CardTemplate(
        id="unblock", name="流程堵点应急", category="process_improvement", type="urgent", priority="high", days=3,
        cadence="realtime", kickoff=False, response_limit_hours=4, goal="积压单据24小时内清零, 堵点当日给出替代办法",
        scope="本次堵点涉及的单据与岗位", deliverables="积压清单; 替代办法; 根因说明",
        acceptance_criteria="积压清单清零, 根因说明经发起人确认", resources="相关岗位各1人, 当日加班",
        mechanism="专项群实时同步, 每4个工作小时一次",
        duties=(
            D(OWN, "流程负责人", "列出积压清单并确定替代办法", "清单与办法, 当日18:00前发出"),
            D("技术部", "系统管理员", "定位系统原因并修复", "根因说明1份"),
        ),
    ),
    CardTemplate(
        id="quality", name="生产质量整改", category="problem_solving", type="special", priority="high", days=20,
        goal="不良率由3%降到1%以下, 连续3批合格", scope="列入整改单的产线与工序; 不含供应商审核",
        deliverables="原因分析报告; 整改措施表; 验证记录", acceptance_criteria="连续3批抽检不良率低于1%",
        resources="检验员2名; 停线窗口2次; 备件预算2万元", mechanism=DAILY,
        duties=(
            D(OWN, "整改负责人", "组织原因分析并制定整改措施", "原因分析报告与措施表"),
            D("生产部", "车间主管", "执行整改并记录参数", "整改记录表, 每日17:00提交"),
            D("质量部", "检验员", "抽检并出具验证结论", "连续3批检验报告"),
            D("采购部", "采购专员", "联系供应商并落实备件到货", "到货计划与入库单"),
        ),
        milestones=(("原因分析完成", "第3个工作日"), ("整改完成", "第10个工作日")),
    ),
    CardTemplate(
        id="complaint", name="客户投诉", category="problem_solving", type="routine", priority="high", days=5,
        response_limit_hours=24, kickoff=False, goal="24小时内首次答复, 5个工作日内结案, 客户书面确认",
        scope="本次投诉的订单与产品", deliverables="答复函; 处理记录; 改进措施",
        acceptance_criteria="客户书面确认结案", resources="客服1名; 补偿额度按权限表", mechanism=DAILY,
        duties=(
            D(OWN, "投诉处理人", "首次答复客户并跟进到结案", "答复函与客户书面确认"),
            D("质量部", "检验员", "鉴定产品并给出原因", "鉴定报告, 2个工作日内提交"),
            D("销售部", "客户经理", "与客户确认补偿方案", "补偿方案确认单"),
        ),
        milestones=(("鉴定报告", "第2个工作日"),),
    ),
    CardTemplate(
        id="outage", name="系统故障应急", category="problem_solving", type="urgent", priority="high", days=3,
        cadence="realtime", kickoff=False, response_limit_hours=1, goal="2小时内恢复, 3个工作日内提交根因分析报告",
        scope="故障系统及受影响的业务; 不含系统升级", deliverables="恢复确认; 故障处理根因分析报告",
        acceptance_criteria="系统恢复并稳定运行24小时, 根因分析报告经评审", resources="值班工程师2名; 备用环境1套",
        mechanism="应急群实时同步, 每4个工作小时一次",
        duties=(
            D(OWN, "应急负责人", "统一指挥并对外发布进展", "进展通报每小时1次, 恢复确认1份"),
            D("技术部", "值班工程师", "定位故障、恢复系统并分析根因", "根因分析报告, 3个工作日内提交"),
            D("客服部", "客服组长", "按口径答复客户并汇总反馈", "客户反馈清单, 每日17:00提交"),
        ),
    ),
    CardTemplate(
        id="budget", name="预算分配", category="resource_coordination", type="special", priority="high", days=15,
        cadence="weekly", goal="各部门下一期预算分配表定稿, 总额不超过批准额",
        scope="下一期的费用预算; 不含投资预算", deliverables="预算分配表; 分配说明",
        acceptance_criteria="分配表经分管高管批准, 总额相符", resources="各部门预算员1名", mechanism=WEEKLY,
        duties=(
            D(OWN, "预算负责人", "汇总需求并编制分配表", "预算分配表终稿"),
            D("财务部", "财务主管", "核定总额与科目", "科目与总额核定表"),
            D("销售部", "销售内勤", "提交费用需求与依据", "需求表, 第5个工作日前提交"),
            D("市场部", "市场专员", "提交费用需求与依据", "需求表, 第5个工作日前提交"),
        ),
        milestones=(("需求收齐", "第5个工作日"), ("分配表定稿", "第12个工作日")),
    ),
    CardTemplate(
        id="equipment", name="设备调配", category="resource_coordination", type="routine", days=5, cadence="weekly",
        kickoff=False, goal="3套展示设备按期到位, 完好率100%", scope="列入清单的设备; 不含新购",
        deliverables="调配清单; 交接单", acceptance_criteria="交接单双方签字, 设备完好",
        resources="运输车辆1台; 搬运2人", mechanism=WEEKLY,
        duties=(
            D(OWN, "申请人", "列出设备清单与使用时间", "调配清单V1.0"),
            D("物流部", "调度员", "安排运输并完成交接", "双方签字的交接单"),
        ),
        milestones=(("清单确认", "第1个工作日"),),
    ),
    CardTemplate(
        id="loan", name="紧急人员支援", category="resource_coordination", type="urgent", priority="high", days=3,
        cadence="realtime", kickoff=False, response_limit_hours=4, goal="24小时内到岗2人, 支援期不超过5个工作日",
        scope="支援岗位与时段", deliverables="支援名单; 交接记录", acceptance_criteria="人员按时到岗, 交接记录双方签字",
        resources="支援人员2名", mechanism="专项群实时同步, 每4个工作小时一次",
        duties=(
            D(OWN, "申请人", "写明岗位、人数与时段", "支援需求单"),
            D("人事部", "人事专员", "确定人员并通知到岗", "支援名单, 当日发出"),
        ),
    ),
    CardTemplate(
        id="year", name="年度目标协同", category="target_alignment", type="special", priority="high", days=40,
        cadence="weekly", goal="各部门年度目标与公司目标逐项对齐, 冲突项全部关闭",
        scope="年度目标与关键指标; 不含个人绩效", deliverables="目标分解表; 资源承诺表",
        acceptance_criteria="目标分解表经各部门负责人与分管高管签字", resources="各部门负责人, 对齐会2次",
        mechanism=WEEKLY, regular_meeting="weekly", meeting_day=2, meeting_at="17:00",
        duties=(
            D(OWN, "目标负责人", "起草目标分解表并组织对齐会", "目标分解表V1.0与会议纪要"),
            D("销售部", "销售总监", "提交销售目标与所需资源", "部门目标表, 第10个工作日前提交"),
            D("市场部", "市场经理", "提交市场目标与所需资源", "部门目标表, 第10个工作日前提交"),
            D("财务部", "财务经理", "核对目标与预算", "核对意见书"),
        ),
        milestones=(("部门目标收齐", "第10个工作日"), ("对齐会", "第15个工作日"), ("签字", "第30个工作日")),
    ),
    CardTemplate(
        id="quarter", name="季度目标协同", category="target_alignment", type="routine", days=10, cadence="weekly",
        recurs="quarterly", kickoff=False, goal="本季度目标完成度通报, 偏差超过10%的给出措施",
        scope="本季度目标与关键指标", deliverables="季度目标对照表; 措施清单",
        acceptance_criteria="对照表数据经财务部核对, 每项偏差有措施与负责人", resources="各部门1人, 对齐会1次",
        mechanism=WEEKLY,
        duties=(
            D(OWN, "目标负责人", "汇总完成度并组织对齐会", "季度目标对照表与会议纪要"),
            D("销售部", "销售内勤", "提交完成数据与措施", "数据表, 第3个工作日前提交"),
            D("财务部", "会计", "核对完成数据", "核对后的数据表"),
        ),
        milestones=(("数据收齐", "第3个工作日"),),
    ),
    CardTemplate(
        id="correct", name="目标纠偏", category="target_alignment", type="urgent", priority="high", days=5,
        cadence="realtime", kickoff=False, response_limit_hours=8, goal="偏差指标2周内回到计划值的95%以上",
        scope="出现偏差的指标及相关动作", deliverables="偏差分析; 纠偏措施表",
        acceptance_criteria="措施表逐项有负责人与日期, 经分管领导确认", resources="各部门1人, 每日半小时",
        mechanism="专项群实时同步, 每4个工作小时一次",
        duties=(
            D(OWN, "目标负责人", "分析偏差并汇总措施", "偏差分析1份与措施表"),
            D("销售部", "大区经理", "提出并执行纠偏措施", "措施执行记录, 每日17:00提交"),
        ),
    ),
)  # fmt: skip
"""One per category and type; project and special has two."""
